import { Button } from './Button.tsx';

interface ToggleProps {
  readonly action: string;
  readonly on: boolean;
  readonly children: string;
  readonly onTurn: (on: boolean) => void;
}

/** Something that holds or does not, in a form. */
export function Toggle({ action, on, children, onTurn }: ToggleProps) {
  return (
    <Button
      action={action}
      icon={on ? 'check' : 'cross'}
      size="small"
      pressed={on}
      onPress={() => onTurn(!on)}
    >
      {children}
    </Button>
  );
}
