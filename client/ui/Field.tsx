import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { Icon } from './Icon.tsx';

interface FieldProps {
  /** Stable name for tests. */
  readonly action: string;
  readonly label: string;
  /** Where the place itself says what it is for, only the ear needs the label. */
  readonly hidesLabel?: boolean | undefined;
  readonly hint?: string | undefined;
  /** What is wrong with what was entered; shown in the hint's place. */
  readonly wrong?: string | null | undefined;
  readonly disabled?: boolean | undefined;
  readonly value: string;
  readonly onValue: (value: string) => void;
}

interface TextAreaProps extends FieldProps {
  readonly rows?: number | undefined;
  readonly placeholder?: string | undefined;
  readonly maxLength?: number | undefined;
}

/** A few lines to type in, with their label. */
export function TextArea(props: TextAreaProps) {
  const { rows = 3, placeholder, maxLength } = props;
  return (
    <Labelled {...props}>
      {(own) => <textarea {...own} {...{ rows, placeholder, maxLength }} />}
    </Labelled>
  );
}

interface TextFieldProps extends FieldProps {
  readonly type?: 'text' | 'number' | 'date' | 'datetime-local' | undefined;
  readonly placeholder?: string | undefined;
  readonly maxLength?: number | undefined;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
}

/** One line to type in, with its label. */
export function TextField(props: TextFieldProps) {
  const { type = 'text', placeholder, maxLength, min, max } = props;
  // Its attributes are typed for each type by itself; these are common to those that there are.
  const attributes: object = { type, placeholder, maxLength, min, max };
  return <Labelled {...props}>{(own) => <input {...own} {...attributes} />}</Labelled>;
}

interface SelectProps extends FieldProps {
  readonly options: readonly { readonly value: string; readonly label: string }[];
}

/** One of many, in the browser's own list. */
export function Select(props: SelectProps) {
  return (
    <Labelled {...props}>
      {(own) => (
        <select {...own}>
          {props.options.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  );
}

/** What every control has, whichever it is. */
interface Own {
  readonly id: string;
  readonly class: string;
  readonly value: string;
  readonly disabled: boolean | undefined;
  readonly 'data-action': string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': 'true' | undefined;
  readonly onInput: (event: Event) => void;
}

interface LabelledProps extends FieldProps {
  readonly children: (own: Own) => ComponentChildren;
}

function Labelled(props: LabelledProps) {
  const { action, label, hidesLabel, hint, wrong, disabled, value, onValue, children } = props;
  const id = useId();
  const about = wrong ?? hint;
  return (
    <div class="labelled">
      <label class={hidesLabel ? 'hidden' : 'label'} for={id}>
        {label}
      </label>
      {children({
        id,
        class: 'field',
        value,
        disabled,
        'data-action': action,
        'aria-describedby': about ? `${id}-about` : undefined,
        'aria-invalid': wrong ? 'true' : undefined,
        onInput: (event) => onValue((event.currentTarget as HTMLInputElement).value),
      })}
      {about && (
        <span class="hint" id={`${id}-about`} data-wrong={wrong ? '' : undefined}>
          {wrong && <Icon name="alert" />}
          {about}
        </span>
      )}
    </div>
  );
}
