import type { Desk } from './desk.ts';

/** Fetches a file with the page's pass and hands it to the browser to keep. */
export async function download(desk: Desk, path: string): Promise<void> {
  const answer = await desk.api.file(path);
  if (!answer.ok) {
    desk.problem.value = answer.problem;
    return;
  }
  const url = URL.createObjectURL(answer.value.blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = answer.value.name;
  link.click();
  URL.revokeObjectURL(url);
}
