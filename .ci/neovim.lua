-- The language server through a real Neovim: `nvim --headless --clean -l`-like, for 0.7 and later:
--   nvim --headless --clean -c 'luafile .ci/neovim.lua'
-- with GOALS naming the program and PROJECT a copy of the fixtures. It ends with 0 where diagnostics appear, a code action
-- fixes the buffer, and hover, definition, and completion answer; else it says what did not happen and ends with 1.

local function fail(what)
  io.stderr:write('neovim: ' .. what .. '\n')
  vim.cmd('cquit 1')
end

local function until_true(what, condition)
  if not vim.wait(20000, condition, 20) then
    fail(what)
  end
end

local function run()
  local program, project = os.getenv('GOALS'), os.getenv('PROJECT')
  local path = project .. '/2026/neovim grün.md'
  local text = {
    '# Grüne 😀 Übungen',
    '',
    '| Metadata         |              |',
    '|------------------|--------------|',
    '| Short title      | Grün 😀      |',
    '| Contact          | @mara-okafor |',
    '| Status           | proposed     |',
    '',
    '## Summary',
    '',
    'Äpfel 😀 und [Birnen](./faq.md).',
    '',
    '## Team asks',
    '',
    '| Team       | Support level | Notes |',
    '|------------|---------------|-------|',
    '| [compilr]  | Large         |       |',
    '| types      | Small         |       |',
  }
  vim.fn.writefile(text, path)
  vim.cmd('edit ' .. vim.fn.fnameescape(path))
  local buffer = vim.api.nvim_get_current_buf()
  local exited
  local client = vim.lsp.start_client({
    name = 'goals',
    cmd = { program, 'server' },
    root_dir = project,
    on_exit = function(code) exited = code end,
  })
  if not client then
    return fail('the server does not start')
  end
  vim.lsp.buf_attach_client(buffer, client)

  -- Diagnostics.
  local function codes()
    local found = {}
    for _, diagnostic in ipairs(vim.diagnostic.get(buffer)) do
      local item = diagnostic.user_data and diagnostic.user_data.lsp or {}
      found[diagnostic.code or item.code or ''] = diagnostic
    end
    return found
  end
  until_true('no diagnostics', function() return codes()['unknown-team'] and codes()['unknown-status'] end)
  local status = codes()['unknown-status']
  if status.lnum ~= 6 or status.col ~= 21 or status.severity ~= vim.diagnostic.severity.ERROR then
    return fail('wrong place of unknown-status: ' .. vim.inspect(status))
  end

  -- An unsaved edit, beyond characters of several bytes.
  vim.api.nvim_buf_set_text(buffer, 10, #'Äpfel 😀 ', 10, #'Äpfel 😀 und', { '😀' })
  vim.api.nvim_buf_set_text(buffer, 10, #'Äpfel 😀 😀 [Birnen](./', 10, #'Äpfel 😀 😀 [Birnen](./faq', { 'no-such-page' })
  until_true('no diagnostic after an edit', function()
    local found = codes()['dead-link'] or codes()['broken-link']
    return found and found.lnum == 10
  end)

  -- All fixes of the file, and one of them.
  local function request(method, params)
    local answers = vim.lsp.buf_request_sync(buffer, method, params, 20000) or {}
    local answer = answers[client]
    if not answer or answer.error then
      fail(method .. ': ' .. vim.inspect(answer))
    end
    return answer.result
  end
  local document = vim.lsp.util.make_text_document_params(buffer)
  local function actions(line, only)
    local place = { line = line, character = 22 }
    local context = { diagnostics = vim.lsp.diagnostic.get_line_diagnostics(buffer, line), only = only }
    return request('textDocument/codeAction', {
      textDocument = document,
      range = { start = place, ['end'] = place },
      context = context,
    })
  end
  local function apply(action)
    action = action.edit and action or request('codeAction/resolve', action)
    vim.lsp.util.apply_workspace_edit(action.edit, 'utf-16')
  end
  local fix
  for _, action in ipairs(actions(6)) do
    fix = fix or (action.isPreferred and action)
  end
  if not fix then
    return fail('no fix for the status: ' .. vim.inspect(actions(6)))
  end
  apply(fix)
  until_true('the status is not fixed', function()
    return vim.api.nvim_buf_get_lines(buffer, 6, 7, true)[1]:find('| Proposed', 1, true) and not codes()['unknown-status']
  end)
  local all = actions(0, { 'source.fixAll' })
  if #all ~= 1 then
    return fail('not one action for all fixes: ' .. vim.inspect(all))
  end
  apply(all[1])
  until_true('the team is not fixed', function()
    return vim.api.nvim_buf_get_lines(buffer, 17, 18, true)[1]:find('| [types]', 1, true) and not codes()['unbracketed-team']
  end)

  -- Hover, definition, completion, outline.
  local function at(line, character)
    return { textDocument = document, position = { line = line, character = character } }
  end
  local hover = request('textDocument/hover', at(5, 25))
  if not hover or not hover.contents.value:find('Mara Okafor', 1, true) then
    return fail('hover says nothing of the contact: ' .. vim.inspect(hover))
  end
  vim.api.nvim_buf_set_lines(buffer, 10, 11, true, { '😀 [Birnen](./faq.md) @so' })
  local definition = request('textDocument/definition', at(10, 5))
  local target = definition and (definition[1] or definition)
  if not target or not (target.targetUri or target.uri):find('faq.md', 1, true) then
    return fail('definition leads nowhere: ' .. vim.inspect(definition))
  end
  local completion = request('textDocument/completion', at(10, #'  [Birnen](./faq.md) @so' + 1))
  local offered = false
  for _, item in ipairs(completion.items) do
    offered = offered or item.label == '@SoltanA'
  end
  if not offered then
    return fail('completion does not offer @SoltanA')
  end
  if #request('textDocument/documentSymbol', { textDocument = document }) ~= 1 then
    return fail('the outline has not one title')
  end

  -- The end.
  vim.lsp.stop_client(client)
  until_true('the server does not end', function() return exited ~= nil end)
  if exited ~= 0 then
    return fail('the server ended with ' .. exited)
  end
  print('neovim ' .. tostring(vim.version().major) .. '.' .. vim.version().minor .. ': diagnostics, fixes, hover, definition, completion, outline')
  vim.cmd('qall!')
end

local ok, why = pcall(run)
if not ok then
  fail(why)
end
