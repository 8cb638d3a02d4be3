import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A document as it comes out of a printer: what stands on each page, and how the page looks. */
export interface Printed {
  /** Text in reading order, a page each. */
  readonly pages: readonly string[];
  /** A picture (PNG) of each page. */
  readonly pictures: readonly Uint8Array[];
}

/** How long LibreOffice may take, in milliseconds: its first start makes a profile. */
const patience = 120_000;

/**
 * Opens a document (.docx) in LibreOffice, as its readers would, and prints it.
 * @throws Error when LibreOffice does not take the file.
 */
export async function printed(docx: Uint8Array): Promise<Printed> {
  const folder = await mkdtemp(join(tmpdir(), 'diemcau-document-'));
  try {
    const file = join(folder, 'document.docx');
    await writeFile(file, docx);
    // A profile of its own: two at once would wait for one another.
    const profile = `-env:UserInstallation=file://${join(folder, 'profile')}`;
    const convert = ['--headless', '--convert-to', 'pdf', '--outdir', folder, file];
    const { stderr } = await run('soffice', [profile, ...convert], { timeout: patience });
    const pdf = join(folder, 'document.pdf');
    await readFile(pdf).catch(() => {
      throw new Error(`LibreOffice made no PDF: ${stderr}`);
    });
    await run('pdftoppm', ['-png', '-r', '60', pdf, join(folder, 'page')]);
    const { stdout } = await run('pdftotext', ['-layout', pdf, '-'], { maxBuffer: 64 << 20 });
    const names = (await readdir(folder)).filter((name) => name.endsWith('.png')).sort();
    return {
      // Each page ends with a form feed.
      pages: stdout.split('\f').slice(0, -1),
      pictures: await Promise.all(names.map((name) => readFile(join(folder, name)))),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
