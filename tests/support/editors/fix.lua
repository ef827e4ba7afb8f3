-- Run in Neovim with a file that a server checks: show its diagnostics, make its preferred fixes
-- one after the other as a user does, write the file, and quit.

local function found()
  return vim.diagnostic.get(0)
end

-- Wait until a function returns true, for at most 20 seconds.
local function wait(what, condition)
  if not vim.wait(20000, condition, 20) then
    error('no ' .. what .. ' after 20 s')
  end
end

-- Choose the preferred action in place of the user, who sees a menu of them.
local chosen
vim.ui.select = function(items, _, choose)
  for _, item in ipairs(items) do
    local action = item.action or item[2]
    if action.isPreferred then
      chosen = action.title
      return choose(item)
    end
  end
  chosen = false
  choose(nil)
end

-- A place without actions shows no menu, only a message.
vim.notify = function()
  chosen = false
end

-- Ask for the actions at a diagnostic, and return the title of the one that changed the file.
local function fix(diagnostic)
  vim.api.nvim_win_set_cursor(0, { diagnostic.lnum + 1, diagnostic.col })
  chosen = nil
  vim.lsp.buf.code_action({ only = { 'quickfix' } })
  wait('actions', function() return chosen ~= nil end)
  return chosen
end

-- Make the first fix, and wait until the server has checked the file again.
local function fix_first()
  local checked
  vim.api.nvim_create_autocmd('DiagnosticChanged', { callback = function() checked = true end })
  for _, diagnostic in ipairs(found()) do
    checked = false
    local title = fix(diagnostic)
    if title then
      print('fixed: ' .. title .. '\n')
      wait('findings after the fix', function() return checked end)
      return true
    end
  end
  return false
end

local ok, fault = pcall(function()
  wait('findings', function() return #found() > 0 end)
  for _, each in ipairs(found()) do
    print(('%d:%d: %s\n'):format(each.lnum + 1, each.col + 1, each.message))
  end
  local rounds = 0
  while fix_first() do
    rounds = rounds + 1
    assert(rounds < 20, 'the fixes have no end')
  end
  vim.cmd('write')
end)
if not ok then
  print('fault: ' .. tostring(fault) .. '\n')
  vim.cmd('cquit')
end
vim.cmd('quitall!')
