// Asks the server: it alone draws, mirrors and solves. Of several questions of one kind only the latest counts.

const pending = new Map();

/** The answer's data with its status as ``status``; null when a later question of this kind has overtaken it. */
export async function ask(editor, kind, question) {
  pending.get(kind)?.abort();
  const abort = new AbortController();
  pending.set(kind, abort);
  try {
    const response = await fetch(editor.dataset[`${kind}Url`], {
      method: "POST",
      signal: abort.signal,
      headers: { "Content-Type": "application/json", "X-CSRFToken": token(editor) },
      body: JSON.stringify(question),
    });
    if (!response.ok && response.status !== 422) throw new Error(`${response.status}`);
    return { ...(await response.json()), status: response.status };
  } catch (error) {
    if (error.name === "AbortError") return null;
    return { status: 0 };
  } finally {
    if (pending.get(kind) === abort) pending.delete(kind);
  }
}

/** A pose of the library. */
export async function libraryPose(editor, name) {
  try {
    const response = await fetch(editor.dataset.libraryUrl.replace("a-pose", encodeURIComponent(name)));
    return response.ok ? (await response.json()).figure : null;
  } catch {
    return null;
  }
}

function token(editor) {
  return editor.closest("form")?.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
}
