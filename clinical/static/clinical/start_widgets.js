// Starts the platform's widgets by the data that stands beside each, so that no page of the admin needs a script in it.
//
// What stands in the page is started as soon as the page is read, in its order; what is put into it later, when it
// comes. Only what is on the list can be started: data that somebody managed to write into a page starts nothing else.

const MARKS = 'script[type="application/json"][data-start]';

const build = (name) => (...given) => new window[name](...given);
const ask = (name) => (...given) => window[name](...given);

const STARTED = {
  InlinePanel: build("InlinePanel"),
  MultipleChooserPanel: build("MultipleChooserPanel"),
  Chooser: build("Chooser"),
  DocumentChooser: build("DocumentChooser"),
  ImageChooser: build("ImageChooser"),
  PageChooser: build("PageChooser"),
  SnippetChooser: build("SnippetChooser"),
  createTaskChooser: ask("createTaskChooser"),
  initDateChooser: ask("initDateChooser"),
  initDateTimeChooser: ask("initDateTimeChooser"),
  initTimeChooser: ask("initTimeChooser"),
};

/** Start what stands in this part of the page and has not been started yet. */
function startWithin(part) {
  const marks = [...(part.matches?.(MARKS) ? [part] : []), ...part.querySelectorAll(MARKS)];
  for (const mark of marks) {
    const start = Object.hasOwn(STARTED, mark.dataset.start) && STARTED[mark.dataset.start];
    if (start && !("started" in mark.dataset)) {
      mark.dataset.started = "";
      start(...JSON.parse(mark.textContent));
    }
  }
}

/** Widgets in a row that was just added are asked for at once, before anything can be noticed. */
function startRowsAtOnce() {
  const wire = window.InlinePanel.prototype.initChildControls;
  window.InlinePanel.prototype.initChildControls = function initChildControls(...given) {
    startWithin(document);
    return wire.apply(this, given);
  };
}

function begin() {
  if (window.InlinePanel) startRowsAtOnce();
  startWithin(document);
  new MutationObserver((changes) => {
    for (const added of changes.flatMap((change) => [...change.addedNodes])) {
      if (added.nodeType === Node.ELEMENT_NODE && added.isConnected) startWithin(added);
    }
  }).observe(document.documentElement, { childList: true, subtree: true });
}

// A module is run when the page has been read, before anybody is told so.
begin();
