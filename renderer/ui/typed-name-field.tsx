import { Field, Input } from '@fluentui/react-components';
import { isTypedName } from './typed-name.ts';

interface TypedNameFieldProps {
  /** The name to be typed, as it is shown. */
  readonly expected: string;
  readonly typed: string;
  readonly onChange: (typed: string) => void;
  /** "To forget the tenant, type its name:" */
  readonly label: string;
}

/** Asks for a name to be typed before something that can't be undone. */
export function TypedNameField({ expected, typed, onChange, label }: TypedNameFieldProps) {
  const matches = isTypedName(typed, expected);
  return (
    <Field
      label={
        <>
          {label}
          <br />
          <strong>{expected}</strong>
        </>
      }
      validationState={matches ? 'success' : 'none'}
      {...(matches
        ? { validationMessage: 'The name matches.' }
        : typed === ''
          ? {}
          : { hint: 'The name does not match yet. Capital letters count.' })}
    >
      <Input value={typed} onChange={(_, data) => onChange(data.value)} autoComplete="off" spellCheck={false} />
    </Field>
  );
}
