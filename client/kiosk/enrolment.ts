import { passOf } from '../link/pass.ts';
import { isWholePage } from './screen.ts';

const storageKey = 'diemcau.kiosk.pass';

/**
 * Opens the seat of the last good link where the address names none, as after the power came back:
 * the pass is put where a link would have it. Call it before the page starts.
 */
export function recallEnrolment(): void {
  if (passOf(location.hash) !== null || !isWholePage()) return;
  const pass = enrolled();
  if (pass !== null)
    history.replaceState(null, '', `${location.pathname}${location.search}#${pass}`);
}

/** The server has let this pass in: from now on this machine opens that seat by itself. */
export function keepEnrolment(pass: string): void {
  if (isWholePage()) store((storage) => storage.setItem(storageKey, pass));
}

/** This machine is to open no seat by itself any more. */
export function forgetEnrolment(): void {
  store((storage) => storage.removeItem(storageKey));
}

/** The pass that this machine keeps; null when there is none. */
export function enrolled(): string | null {
  try {
    return passOf(localStorage.getItem(storageKey) ?? '');
  } catch {
    return null;
  }
}

/** Storage can be switched off in a kiosk: then the link that it opens is its enrolment. */
function store(act: (storage: Storage) => void): void {
  try {
    act(localStorage);
  } catch {
    // Nothing is lost but the convenience.
  }
}
