// Numbers and times as people read them.

/** As in 0.6931, 1,234, 2.1e-5; a dash for none. */
export function number(value) {
  if (value === null || value === undefined || !Number.isFinite(value)) return "–";
  const size = Math.abs(value);
  if (Number.isInteger(value) && size < 1e9) return value.toLocaleString("en-US");
  if (size !== 0 && (size < 1e-3 || size >= 1e7)) return value.toExponential(2).replace("e+", "e");
  return value.toLocaleString("en-US", {maximumSignificantDigits: 4});
}

/** A count in few characters, as in 1.5K. */
export const compact = (value) => value.toLocaleString("en-US", {notation: "compact", maximumFractionDigits: 1});

/** As in 12 s, 3:07, 1:02:03. */
export function duration(seconds) {
  if (!Number.isFinite(seconds)) return "–";
  if (seconds < 60) return `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`;
  const whole = Math.round(seconds);
  const two = (part) => String(part).padStart(2, "0");
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  if (h >= 48) return `${Math.floor(h / 24)} d ${h % 24} h`;
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/** As in just now, 5 min ago, 3 d ago. */
export function ago(millis) {
  if (!millis) return "never";
  const seconds = Math.max(0, (Date.now() - millis) / 1000);
  if (seconds < 10) return "just now";
  if (seconds < 90) return `${Math.round(seconds)} s ago`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min ago`;
  if (seconds < 129600) return `${Math.round(seconds / 3600)} h ago`;
  return `${Math.round(seconds / 86400)} d ago`;
}

/** What a name of metrics.jsonl is called. */
export function title(name) {
  const known = {
    d_loss: "D loss", g_loss: "G loss", d_real: "D(real)", d_fake: "D(fake)", d_rate: "D rate", g_rate: "G rate",
    d_gradient_norm: "D gradient norm", g_gradient_norm: "G gradient norm",
  };
  if (known[name]) return known[name];
  const side = /^([dg])_(.*)$/.exec(name);
  if (side) return `${side[1].toUpperCase()} ${side[2].replaceAll("_", " ")}`;
  const measure = /^(fid|kid|swd|precision|recall|density|coverage)_(.*)$/.exec(name);
  if (measure) {
    const short = ["fid", "kid", "swd"].includes(measure[1]) ? measure[1].toUpperCase() : measure[1];
    return `${short} (${measure[2].replaceAll("_", " ")})`;
  }
  return name.replaceAll("_", " ");
}
