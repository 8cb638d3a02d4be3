import { createTransport } from 'nodemailer';

export interface MailerOptions {
  readonly host: string;
  readonly port: number;
  /** `tls`: from the first byte (465) · `starttls`: demanded (587) · `none`: a relay of one's own. */
  readonly security: 'tls' | 'starttls' | 'none';
  readonly user?: string | undefined;
  readonly password?: string | undefined;
  readonly from: string;
  /** Makes the error of what the post will never take. */
  readonly refused: (message: string) => Error;
}

interface Letter {
  readonly id: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
}

const patienceMs = 15_000;

/** Sends letters by SMTP (RFC 5321). */
export function createMailer(o: MailerOptions) {
  const { host, port, security, user, password, from } = o;
  const transport = createTransport({
    host,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    ...(user === undefined ? {} : { auth: { user, pass: password ?? '' } }),
    connectionTimeout: patienceMs,
    greetingTimeout: patienceMs,
    socketTimeout: patienceMs,
    // Letters are made of our own words: nothing in them may name a file or an address to fetch.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const domain = /@([^@>\s]+)>?\s*$/.exec(from)?.[1] ?? 'localhost';
  return {
    async send({ id, to, subject, text }: Letter): Promise<void> {
      try {
        await transport.sendMail({
          from,
          to: [...to],
          subject,
          text,
          messageId: `<${encodeURIComponent(id)}@${domain}>`,
          // RFC 3834: nobody's holiday program is to answer.
          headers: { 'auto-submitted': 'auto-generated' },
        });
      } catch (error) {
        const why = withoutAddresses(error);
        throw isFinal(error) ? o.refused(why) : new Error(why);
      }
    },
    close: () => transport.close(),
  };
}

/** What the post says goes to logs and to where technicians look; whose mail it was does not. */
const withoutAddresses = (error: unknown): string =>
  String((error as Error).message).replace(/<?[^\s<>]+@[^\s<>]+>?/g, '<…>');

/** A 5yz answer to this letter (RFC 5321 §4.2.1); a password that is wrong is the office's to mend. */
function isFinal(error: unknown): boolean {
  const { responseCode, code } = error as { responseCode?: number; code?: string };
  const isAboutLetter = code === 'EENVELOPE' || code === 'EMESSAGE';
  return isAboutLetter && (responseCode === undefined || responseCode >= 500);
}
