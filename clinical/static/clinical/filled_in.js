// What stands in a form, as one text: to tell whether something was typed or moved since.

// What the platform writes into the form by itself, and what is no content.
const NOT_TYPED = /^(csrfmiddlewaretoken|next|loaded_revision_.*|overwrite_revision_id|comments-.*)$/;

/** All that is filled in. */
export function filledIn(data) {
  const typed = [...data].filter(([name]) => !NOT_TYPED.test(name));
  return JSON.stringify(typed.map(([name, value]) => [name, value instanceof File ? [value.name, value.size] : value]));
}
