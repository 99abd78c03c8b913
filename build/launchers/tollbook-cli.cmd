@echo off
rem The command line of the installed program: the same program, run as plain Node.
setlocal
set ELECTRON_RUN_AS_NODE=1
"%~dp0Tollbook.exe" "%~dp0resources\app.asar\dist\service\main.mjs" %*
