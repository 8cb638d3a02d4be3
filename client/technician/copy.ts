import { text } from '../i18n/language.ts';
import { toast } from '../ui/toasts.tsx';

/** Puts text on the clipboard and says so; browsers refuse that without TLS, which is said too. */
export async function copyText(words: string): Promise<void> {
  const t = text.value.technician;
  try {
    await navigator.clipboard.writeText(words);
    toast(t.copied);
  } catch {
    toast(t.copyFailed, 'alarm');
  }
}
