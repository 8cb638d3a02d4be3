import { SMTPServer } from 'smtp-server';

export interface Mail {
  readonly from: string;
  readonly to: readonly string[];
  /** Headers and body, with quoted-printable and encoded words as they came. */
  readonly raw: string;
}

export interface Mailbox {
  readonly port: number;
  readonly mails: readonly Mail[];
  /** What is said to the next letters instead of taking them: an SMTP code for each, in order. */
  refuse(...codes: readonly number[]): void;
  /** Letters are read, and then nothing is answered, until this is called with false. */
  hold(holds: boolean): void;
  /** How many letters wait for an answer. */
  readonly held: number;
  close(): Promise<void>;
}

/** A real SMTP server of the test's own, on a free port, that takes letters for anybody. */
export async function startMailbox(
  o: { readonly user?: string; readonly password?: string } = {},
): Promise<Mailbox> {
  const mails: Mail[] = [];
  const codes: number[] = [];
  const held: (() => void)[] = [];
  let holds = false;
  const server = new SMTPServer({
    authOptional: o.user === undefined,
    allowInsecureAuth: true,
    disabledCommands: o.user === undefined ? ['AUTH', 'STARTTLS'] : ['STARTTLS'],
    onAuth: ({ username, password }, _session, give) =>
      username === o.user && password === o.password
        ? give(null, { user: username })
        : give(new Error('no such user')),
    onData: (stream, { envelope }, answer) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const responseCode = codes.shift();
        if (responseCode !== undefined) {
          return answer(Object.assign(new Error('refused <nobody@example.vn>'), { responseCode }));
        }
        const take = () => {
          const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
          const to = envelope.rcptTo.map(({ address }) => address);
          mails.push({ from, to, raw: Buffer.concat(chunks).toString('utf8') });
          answer();
        };
        if (holds) held.push(take);
        else take();
      });
    },
  });
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.server.address();
  if (address === null || typeof address === 'string') throw new Error('no port given');
  return {
    port: address.port,
    mails,
    refuse: (...wanted) => void codes.push(...wanted),
    hold: (wanted) => {
      holds = wanted;
    },
    get held() {
      return held.length;
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** A header as a person reads it (RFC 2047, RFC 5322 §2.2.3). */
export function header({ raw }: Mail, name: string): string {
  const head = raw.slice(0, raw.indexOf('\r\n\r\n')).replace(/\r\n[ \t]/g, ' ');
  const line = new RegExp(`^${name}: (.*)$`, 'im').exec(head)?.[1]?.trim() ?? '';
  return line
    .replace(/\?= =\?/g, '?==?')
    .replace(/=\?utf-8\?(B|Q)\?([^?]*)\?=/gi, (_, how: string, text: string) =>
      how.toUpperCase() === 'B' ? fromBase64(text) : fromQuoted(text.replaceAll('_', ' ')),
    );
}

/** The text of a letter as a person reads it. */
export function body(mail: Mail): string {
  const text = mail.raw.slice(mail.raw.indexOf('\r\n\r\n') + 4);
  const encoding = header(mail, 'content-transfer-encoding');
  if (encoding === 'base64') return fromBase64(text);
  return encoding === 'quoted-printable' ? fromQuoted(text.replace(/=\r\n/g, '')) : text;
}

const fromBase64 = (text: string) => Buffer.from(text, 'base64').toString('utf8');

function fromQuoted(text: string): string {
  const bytes = text.replace(/=([\dA-F]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
