/** What the API said: its own word for a refusal, or `lineLost` when it did not answer. */
export type ApiAnswer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly refusal: string };

interface Ask {
  /** The page's own pass: what it may do by the wire, it may do here. */
  readonly pass: string;
  /** Below `/api/briefings/`. */
  readonly path: string;
  readonly signal?: AbortSignal;
}

/** Reads an answer that is JSON. The server is our own, so its shape is trusted. */
export const readJson = <T>(ask: Ask): Promise<ApiAnswer<T>> =>
  called(ask, {}, (response) => response.json() as Promise<T>);

/** Writes, and reads what was answered. */
export const writeJson = <T>(ask: Ask, body: unknown): Promise<ApiAnswer<T>> =>
  called(
    ask,
    {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    },
    (response) => response.json() as Promise<T>,
  );

/** Fetches a file and hands it to the person at the browser, under this name. */
export async function download(ask: Ask, name: string): Promise<ApiAnswer<string>> {
  const answer = await called(ask, {}, (response) => response.blob());
  if (!answer.ok) return answer;
  const address = URL.createObjectURL(answer.value);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser has taken hold of it by the next turn of the page's events.
  setTimeout(() => URL.revokeObjectURL(address));
  return { ok: true, value: name };
}

async function called<T>(
  { pass, path, signal }: Ask,
  init: RequestInit,
  read: (response: Response) => Promise<T>,
): Promise<ApiAnswer<T>> {
  try {
    const response = await fetch(`/api/briefings/${path}`, {
      ...init,
      headers: { ...init.headers, authorization: `Bearer ${pass}` },
      ...(signal ? { signal } : {}),
    });
    if (response.ok) return { ok: true, value: await read(response) };
    const { refusal = 'fault' } = (await response.json()) as { refusal?: string };
    return { ok: false, refusal };
  } catch {
    return { ok: false, refusal: 'lineLost' };
  }
}
