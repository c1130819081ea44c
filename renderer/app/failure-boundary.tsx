import { Component } from 'react';
import type { ReactNode } from 'react';
import { ErrorState } from '../ui/states/error-state.tsx';

interface State {
  readonly error: unknown;
}

/** Keeps a fault of one view from taking the frame with it, so that the way back stays. */
export class FailureBoundary extends Component<{ children: ReactNode }, State> {
  override readonly state: State = { error: undefined };

  static getDerivedStateFromError(error: unknown): State {
    return { error };
  }

  override render() {
    return this.state.error === undefined ? (
      this.props.children
    ) : (
      <ErrorState error={this.state.error} onRetry={() => this.setState({ error: undefined })} />
    );
  }
}
