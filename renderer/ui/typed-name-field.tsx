import { Field, Input } from '@fluentui/react-components';
import { isTypedName, mismatchInWords } from './typed-name.ts';

interface TypedNameFieldProps {
  /** The name to be typed, as it is shown. */
  readonly expected: string;
  /** What may be typed in its place: a domain, for a name that this keyboard can't type. */
  readonly or?: string;
  readonly typed: string;
  readonly onChange: (typed: string) => void;
  /** "To forget the tenant, type its name:" */
  readonly label: string;
}

/** Asks for a name to be typed before something that can't be undone. */
export function TypedNameField({ expected, or = '', typed, onChange, label }: TypedNameFieldProps) {
  const matches = isTypedName(typed, expected, or);
  return (
    <Field
      label={
        <>
          {label}
          <br />
          <strong>{expected}</strong>
          {or !== '' && (
            <>
              <br />
              or <strong>{or}</strong>
            </>
          )}
        </>
      }
      validationState={matches ? 'success' : 'none'}
      {...(matches
        ? { validationMessage: 'It matches.' }
        : typed === ''
          ? {}
          : { hint: mismatchInWords(typed, expected, or) })}
    >
      <Input value={typed} onChange={(_, data) => onChange(data.value)} autoComplete="off" spellCheck={false} />
    </Field>
  );
}
