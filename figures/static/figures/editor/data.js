// A figure's data by paths: "figures/0/legR/hip/1". A path that ends in "#2" means the third piece of a body point,
// which is written as one text: "thighR:.62:-1:0".

const PIECE = /^(.*)#(\d)$/;
const SEPARATOR = "/";

/** What is at a path; undefined where there is nothing. */
export function read(data, path) {
  const [, whole, number] = path.match(PIECE) ?? [];
  if (whole === undefined) return follow(data, path.split(SEPARATOR));
  const text = follow(data, whole.split(SEPARATOR));
  if (typeof text !== "string") return undefined;
  const piece = text.split(":")[Number(number)];
  return Number(number) === 0 ? piece : Number(piece);
}

/** Put a value at a path; undefined takes away what is there. */
export function write(data, path, value) {
  const [, whole, number] = path.match(PIECE) ?? [];
  if (whole !== undefined) {
    const pieces = String(follow(data, whole.split(SEPARATOR))).split(":");
    pieces[Number(number)] = String(value);
    return write(data, whole, pieces.join(":"));
  }
  const steps = path.split(SEPARATOR);
  const last = steps.pop();
  const holder = follow(data, steps);
  if (holder === undefined || holder === null) return undefined;
  if (value === undefined) delete holder[last];
  else holder[last] = value;
  return undefined;
}

/** How a limb is placed: by angles, a place, a point of the body, or a knee on the ground. */
export function wayOf(limb) {
  if (typeof limb?.to === "string") return "body";
  if (limb?.to) return "place";
  return limb?.kneel ? "kneel" : "angles";
}

/** The same data, not shared. */
export function copied(data) {
  return data === null ? null : structuredClone(data);
}

function follow(data, steps) {
  let here = data;
  for (const step of steps) {
    if (here === undefined || here === null) return undefined;
    if (step !== "") here = here[step];
  }
  return here;
}
