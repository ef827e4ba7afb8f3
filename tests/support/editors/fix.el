;;; Run in Emacs with a file that a server checks: show its diagnostics, make its preferred fixes
;;; one after the other as a user does, and write the file.

(setq create-lockfiles nil make-backup-files nil require-final-newline nil
      mode-require-final-newline nil eglot-sync-connect 20 save-silently t)
(require 'cl-lib)
(require 'seq)
(require 'eglot)

(defun wait (what condition)
  "Wait until CONDITION returns non-nil, for at most 20 seconds; WHAT is missing then."
  (let ((end (+ (float-time) 20)))
    (while (not (funcall condition))
      (when (> (float-time) end) (error "No %s after 20 s" what))
      (accept-process-output nil 0.02))))

(defvar reports 0 "How often the server has reported findings for the file.")

(defun preferred ()
  "Return the title of the preferred fix at point, or nil."
  (plist-get (seq-find (lambda (each) (eq (plist-get each :isPreferred) t))
                       (eglot-code-actions (point) nil "quickfix"))
             :title))

(defun fix (diagnostic)
  "Make the preferred fix of DIAGNOSTIC, and return its title."
  (goto-char (flymake-diagnostic-beg diagnostic))
  (let ((title (preferred)) (before reports))
    (when title
      ;; The user types a key for the menu, and accepts its default.
      (setq last-nonmenu-event ?\r)
      (cl-letf (((symbol-function 'completing-read) (lambda (&rest given) (nth 6 given))))
        (eglot-code-actions (point) nil "quickfix" t))
      (save-buffer)
      (wait "findings after the fix" (lambda () (> reports before)))
      (message "fixed: %s" title)
      title)))

(find-file (car command-line-args-left))
(setq command-line-args-left nil)
(advice-add 'eglot-handle-notification :after
            (lambda (_server method &rest _)
              (when (eq method 'textDocument/publishDiagnostics) (setq reports (1+ reports)))))
(call-interactively 'eglot)
(flymake-start)
(wait "findings" (lambda () (flymake-diagnostics)))
(dolist (each (flymake-diagnostics))
  (message "%d: %s" (line-number-at-pos (flymake-diagnostic-beg each))
           (flymake-diagnostic-text each)))
(while (seq-some #'fix (flymake-diagnostics)))
(eglot-shutdown (eglot-current-server))
