// Questions to the server, and what it tells by itself.

/** Asks for JSON; an error has the server's own words. */
export async function ask(path, parameters = {}) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    for (const one of Array.isArray(value) ? value : [value]) query.append(name, one);
  }
  const answer = await fetch(`api/${path}?${query}`);
  if (!answer.ok) throw new Error(await reason(answer));
  return answer.json();
}

/** What an answer that is an error says. */
export async function reason(answer) {
  try {
    return (await answer.json()).error;
  } catch {
    return answer.status === 401
      ? "the page wants its token: open the address that was printed"
      : `the server says ${answer.status}`;
  }
}

/** Where a picture of samples is. */
export const picture = (run, name) => `api/picture?${new URLSearchParams({run, name})}`;

/**
 * Listens for as long as the page is open. After a break everything is asked for again.
 *
 * @param told of changed and removed runs
 * @param again called when the connection is there, at first and after each break
 * @param shown told "live" or "lost"
 */
export function listen(told, again, shown) {
  const events = new EventSource("api/events");
  events.addEventListener("open", () => {
    shown("live");
    again();
  });
  events.addEventListener("error", () => shown("lost"));
  events.addEventListener("runs", (event) => told(JSON.parse(event.data)));
  events.addEventListener("full", () => {
    events.close();
    shown("full");
  });
  addEventListener("pagehide", () => events.close());
}
