import { save } from "./keep";

export interface Picture {
  svg: string;
  width: number;
  height: number;
}

/** An SVG as PNG, twice its size: sharp on the screens of today. */
async function png({ svg, width, height }: Picture): Promise<Blob> {
  const image = new Image();
  const address = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  try {
    image.src = address;
    await image.decode();
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [2 * width, 2 * height];
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((take, refuse) => canvas.toBlob((blob) => (blob ? take(blob) : refuse(new Error("no PNG")))));
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** Saves what is seen, as PNG and as SVG. */
export function Pictures({ name, picture }: { name: string; picture: () => Picture | null }) {
  return (
    <>
      <button
        type="button"
        onClick={async () => {
          const seen = picture();
          if (seen) save(`newsgraph-${name}.png`, "image/png", await png(seen));
        }}
      >
        PNG
      </button>
      <button
        type="button"
        onClick={() => {
          const seen = picture();
          if (seen) save(`newsgraph-${name}.svg`, "image/svg+xml", seen.svg);
        }}
      >
        SVG
      </button>
    </>
  );
}
