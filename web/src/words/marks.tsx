import type { EntityKind, Modality } from "../api/gen/documents";
import { Link } from "../route/link";
import { path } from "../route/route";
import { kinds, modalities, quad } from "./words";

export function KindMark({ kind, label = true }: { kind: EntityKind; label?: boolean }) {
  const { icon, label: name } = kinds[kind];
  return (
    <span className={`mark kind-${kind}`}>
      <svg viewBox="0 0 16 16" role="img" aria-label={name}>
        <title>{name}</title>
        <path d={icon} fill="currentColor" />
      </svg>
      {label && <span aria-hidden="true">{name}</span>}
    </span>
  );
}

export function QuadMark({ of, label = false }: { of: number | null | undefined; label?: boolean }) {
  const { icon, label: name, filled } = quad(of);
  return (
    <span className={`mark quad-${of ?? 0}`}>
      <svg viewBox="0 0 16 16" role="img" aria-label={name}>
        <title>{name}</title>
        <path d={icon} fill={filled ? "currentColor" : "none"} stroke="currentColor" strokeWidth="1.8" />
      </svg>
      {label && <span aria-hidden="true">{name}</span>}
    </span>
  );
}

export function Name({ of }: { of: { id: string; kind: EntityKind; name: string } }) {
  return (
    <Link className="name" href={path("entity", of.id)}>
      <KindMark kind={of.kind} label={false} />
      {of.name}
    </Link>
  );
}

export function Names({ of, none }: { of: readonly { id: string; kind: EntityKind; name: string }[]; none?: string }) {
  if (of.length === 0) return none ? <span className="faint">{none}</span> : null;
  return (
    <span className="names">
      {of.map((one) => (
        <Name key={one.id} of={one} />
      ))}
    </span>
  );
}

/** Whatever is not told as fact says so in words. */
export function ModalityNote({ of }: { of: Modality }) {
  return of === "ASSERTED" ? null : <span className={`note modality-${of}`}>{modalities[of].told}</span>;
}
