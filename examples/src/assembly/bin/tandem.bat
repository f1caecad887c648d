@echo off
rem The command line application: bin\tandem COMMAND [ARGUMENTS], from any folder. Needs Java 17 or later.
rem Settings, all optional:
rem   JAVA_HOME        the Java to take (default: java on the path)
rem   OMP_NUM_THREADS  threads of the arithmetic
rem   JAVA_OPTS        options for java, after those below
setlocal
set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java"
"%JAVA%" -version >nul 2>&1
if errorlevel 1 (
  echo tandem: needs Java 17 or later; set JAVA_HOME to one 1>&2
  exit /b 2
)
if not defined OMP_NUM_THREADS set /a OMP_NUM_THREADS=(NUMBER_OF_PROCESSORS+1)/2
"%JAVA%" --enable-native-access=ALL-UNNAMED -Xmx2g -Xms16m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 ^
  -Dorg.bytedeco.javacpp.maxbytes=8g -Dorg.bytedeco.javacpp.maxphysicalbytes=12g ^
  %JAVA_OPTS% -cp "%~dp0..\lib\*" dev.tandem.examples.Main %*
exit /b %errorlevel%
