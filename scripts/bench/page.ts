import { randomUUID } from 'node:crypto';
import { io, type Socket } from 'socket.io-client';
import type { BrowserCommand } from '../../server/protocol/commands.ts';
import type { AskMap, Replies, TellMap, Welcome } from '../../server/protocol/wire.ts';

/** A page without a browser: what a surface says to the server, and nothing else. */
export class BenchPage {
  readonly socket: Socket<TellMap, AskMap>;
  readonly welcome: Welcome;

  /** @throws Error when the server does not let it in. */
  static async connect(options: { url: string; pass: string }): Promise<BenchPage> {
    const socket: Socket<TellMap, AskMap> = io(options.url, {
      transports: ['websocket'],
      auth: { pass: options.pass, page: randomUUID() },
      reconnection: false,
      forceNew: true,
    });
    const welcome = await new Promise<Welcome>((resolve, reject) => {
      socket.once('welcome', resolve);
      socket.once('connect_error', reject);
      socket.once('disconnect', (reason) => reject(new Error(`put out: ${reason}`)));
    });
    return new BenchPage(socket, welcome);
  }

  constructor(socket: Socket<TellMap, AskMap>, welcome: Welcome) {
    this.socket = socket;
    this.welcome = welcome;
  }

  command(command: BrowserCommand): Promise<Replies['command']> {
    return this.socket.emitWithAck('command', { id: randomUUID(), command });
  }

  /** @throws Error naming the refusal. */
  async must(command: BrowserCommand): Promise<number> {
    const answer = await this.command(command);
    if (!answer.ok) throw new Error(`${command.type} was refused: ${answer.refusal}`);
    return answer.version;
  }

  close(): void {
    this.socket.disconnect();
  }
}
