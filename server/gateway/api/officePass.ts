import { jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';

/**
 * The pass of the office that holds briefings: it opens no page and no seat, but makes briefings
 * and gives out the links of each. It lives as long as the installation's secret.
 */
export const signOfficePass = (secret: Uint8Array): Promise<string> =>
  new SignJWT({ role: 'office' })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject('office')
    .sign(secret);

const claims = z.object({ sub: z.literal('office'), role: z.literal('office') });

/** False for a pass that is not ours, is altered, or opens something else. */
export async function isOfficePass(pass: string, secret: Uint8Array): Promise<boolean> {
  try {
    const { payload } = await jwtVerify(pass, secret, { algorithms: ['HS256'] });
    return claims.safeParse(payload).success;
  } catch {
    return false;
  }
}
