// A mail server for one story: it wants STARTTLS and a password, keeps what it is given, and refuses when it is told to.

import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';

import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

/** The certificates of the server's own tests. */
const certificate = (name: string) => resolve(__dirname, '../../crates/orders-server/tests/api/mail', name);

const USER = 'tepai';
const PASSWORD = 'p@ss word';

export class PostOffice {
  /** What was taken, oldest first. */
  readonly letters: ParsedMail[] = [];
  /** Letters that were answered with "later". */
  readonly putOff: ParsedMail[] = [];
  /** How often a letter with that in its subject is answered with "later". */
  private readonly busy = new Map<string, number>();

  private constructor(private readonly server: SMTPServer) {}

  static async open(): Promise<PostOffice> {
    const server: SMTPServer = new SMTPServer({
      key: readFileSync(certificate('server.key')),
      cert: readFileSync(certificate('server.pem')),
      authMethods: ['PLAIN', 'LOGIN'],
      onAuth: ({ username, password }, _session, answer) =>
        username === USER && password === PASSWORD
          ? answer(null, { user: USER })
          : answer(new Error('unknown user or wrong password')),
      onData: (stream, session, answer) => {
        if (!session.secure) return answer(new Error('not in private'));
        simpleParser(stream).then((letter) => {
          if (office.isBusy(letter)) return answer(Object.assign(new Error('too busy'), { responseCode: 451 }));
          office.letters.push(letter);
          answer();
        }, answer);
      },
    });
    const office = new PostOffice(server);
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    return office;
  }

  /** The settings of a server that sends its mail here. */
  get settings(): Record<string, string> {
    const { port } = this.server.server.address() as AddressInfo;
    return {
      TEPAI_SMTP_URL: `smtp://${USER}:${encodeURIComponent(PASSWORD)}@localhost:${port}?tls=required`,
      TEPAI_SMTP_CA: certificate('ca.pem'),
      TEPAI_MAIL_FROM: '特派 <orders@example.com>',
    };
  }

  /** The next letters about an order of that number are answered with "later". */
  isBusyFor(number: string, times: number): void {
    this.busy.set(number, times);
  }

  private isBusy(letter: ParsedMail): boolean {
    const [number, times] = [...this.busy].find(([number]) => letter.subject?.includes(number)) ?? ['', 0];
    if (times === 0) return false;
    this.busy.set(number, times - 1);
    this.putOff.push(letter);
    return true;
  }

  /** The letters about an order of that number. */
  about(number: string): ParsedMail[] {
    return this.letters.filter(({ subject }) => subject?.includes(number));
  }

  async close(): Promise<void> {
    await new Promise<void>((done) => this.server.close(() => done()));
  }
}
