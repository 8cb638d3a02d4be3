import { createClient } from 'redis';
import { type Address, within } from './sentinels.ts';

const answerWithinMs = 150;

/** What a Redis says of itself: a primary that was replaced may be back, and not know it yet. */
export type RoleOf = 'primary' | 'replica' | 'unknown';

interface Credentials {
  readonly username?: string;
  readonly password?: string;
}

/** Asks one Redis after another for its role, keeping the connection while it is the same one. */
export class RoleProbe {
  readonly #credentials: Credentials;
  #link: RoleLink | undefined;
  #at = '';

  constructor(credentials: Credentials) {
    this.#credentials = credentials;
  }

  /** `unknown` when it does not answer soon. Never rejects. */
  async ask(address: Address): Promise<RoleOf> {
    try {
      const link = await within(answerWithinMs, this.#linkTo(address));
      const [role] = (await within(answerWithinMs, link.sendCommand(['ROLE']))) as unknown as [
        string,
      ];
      return role === 'master' ? 'primary' : 'replica';
    } catch {
      this.close();
      return 'unknown';
    }
  }

  close(): void {
    if (this.#link?.isOpen) this.#link.destroy();
    this.#link = undefined;
  }

  async #linkTo(address: Address): Promise<RoleLink> {
    const at = `${address.host} ${address.port}`;
    if (this.#link?.isReady && this.#at === at) return this.#link;
    this.close();
    this.#at = at;
    const link = newLink(address, this.#credentials);
    this.#link = link;
    // Whatever goes wrong shows as a command that fails.
    link.on('error', () => {});
    await link.connect();
    return link;
  }
}

const newLink = ({ host, port }: Address, credentials: Credentials) =>
  createClient({
    ...credentials,
    name: 'diemcau-role',
    disableOfflineQueue: true,
    disableClientInfo: true,
    maintNotifications: 'disabled',
    commandOptions: { timeout: 0 },
    socket: { host, port, connectTimeout: answerWithinMs, reconnectStrategy: false },
  });

type RoleLink = ReturnType<typeof newLink>;
