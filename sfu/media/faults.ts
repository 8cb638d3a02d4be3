import type { Fault, FaultCode } from '../protocol/fault.ts';

export function fault(code: FaultCode, detail?: unknown): Fault {
  if (detail === undefined) return { ok: false, fault: code };
  const text = detail instanceof Error ? detail.message : String(detail);
  return { ok: false, fault: code, detail: text.slice(0, 300) };
}
