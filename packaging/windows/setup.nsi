; setup.exe of one half. What is between @s is filled in by scripts/package/nsis.ts.
Target amd64-unicode
Unicode true
ManifestDPIAware true
; What only the other half needs is left out.
!pragma warning disable 6010
!include LogicLib.nsh
!include FileFunc.nsh
!include WordFunc.nsh
!include nsDialogs.nsh
!include MUI2.nsh

@DEFINES@
!define PROGRAM "@PROGRAM@"
!define VERSION "@VERSION@"
!define TITLE "@TITLE@"
!define FIRST_FILE "@FIRST_FILE@"
!define SECOND_FILE "@SECOND_FILE@"
!define LONGEST_PATH @LONGEST_PATH@
!define OWN_KEY "SOFTWARE\@NAME@\${PROGRAM}"
!define UNINSTALL_KEY "SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall\${PROGRAM}"

Name "${TITLE}"
OutFile "@OUT@"
@SIGN_UNINSTALLER@
RequestExecutionLevel admin
InstallDir "$PROGRAMFILES64\@NAME@"
SetCompressor @COMPRESSOR@
@DICTIONARY@
VIProductVersion "@VERSION@.0"
VIAddVersionKey ProductName "${TITLE}"
VIAddVersionKey FileDescription "${TITLE} setup"
VIAddVersionKey CompanyName "@PUBLISHER@"
VIAddVersionKey LegalCopyright "Apache License 2.0"
VIAddVersionKey FileVersion "@VERSION@"

!include "@SOURCES@\settings.nsh"
!include "@SOURCES@\registrations.nsh"
@SETTINGS_FUNCTIONS@
!ifdef APP
  !include "@SOURCES@\configuration.nsh"
!endif

!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_LICENSE "@LICENSE@"
!define MUI_PAGE_CUSTOMFUNCTION_PRE SkipFolder
!insertmacro MUI_PAGE_DIRECTORY
Page custom AskSettings TakeSettings
!insertmacro MUI_PAGE_INSTFILES
!define MUI_FINISHPAGE_REBOOTLATER_DEFAULT
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"

Function .onInit
  SetRegView 64
  SetShellVarContext all
  StrCpy $Action "install"
  InitPluginsDir
  File "/oname=$PLUGINSDIR\configure.exe" "@CONFIGURE@"
  Call DefaultSettings
  Call ReadCommandLine
  ReadRegStr $Installed HKLM "${OWN_KEY}" "Version"
  ReadRegStr $0 HKLM "${OWN_KEY}" "ProductCode"
  ${If} $0 != ""
    ${Fail} 1 "${TITLE} was installed by its .msi. Remove that first."
  ${EndIf}
  ${If} $Installed != ""
    StrCpy $Action "upgrade"
    ReadRegStr $INSTDIR HKLM "${OWN_KEY}" "InstallPath"
    Call KeptSettings
  ${EndIf}
  ${If} $R0 != ""
    Call ReadSettings
  ${ElseIf} $Shielded = 1
    ${Fail} 2 "There is no file with settings: ${FIRST_FILE} beside the setup, or -s."
  ${EndIf}
!ifdef APP
  !insertmacro CheckTogether
!endif
  ${If} $Setting_InstallPath != ""
    ${If} $Installed != ""
    ${AndIf} $Setting_InstallPath != $INSTDIR
      ${Fail} 3 "${TITLE} is in $INSTDIR, and InstallPath is $Setting_InstallPath. Remove it first."
    ${EndIf}
    ${If} $Installed == ""
      StrCpy $INSTDIR $Setting_InstallPath
    ${EndIf}
  ${EndIf}
  ${If} $Installed != ""
    ${If} $Setting_IPVersion != ""
    ${AndIf} $Setting_IPVersion != $Installed
      ${Fail} 4 "IPVersion is $Setting_IPVersion, and $Installed is installed."
    ${EndIf}
    ${VersionCompare} "$Installed" "${VERSION}" $0
    ${If} $0 = 1
      ${Fail} 5 "Version $Installed is installed, which is later than ${VERSION}. Remove it first."
    ${EndIf}
  ${EndIf}
FunctionEnd

; An upgrade goes to where it is.
Function SkipFolder
  ${If} $Installed != ""
    Abort
  ${EndIf}
FunctionEnd

@ASK_SETTINGS@

; A program that runs and a library that is loaded can't be replaced, but they can be renamed.
!macro MakeWay FILE
  ${If} ${FileExists} "$INSTDIR\${FILE}"
    ClearErrors
    Delete "$INSTDIR\${FILE}"
    ${If} ${Errors}
      GetTempFileName $0 $INSTDIR
      Delete $0
      Rename "$INSTDIR\${FILE}" $0
      Delete /REBOOTOK $0
    ${EndIf}
  ${EndIf}
!macroend
!define AWAY "ns*.tmp"

!macro Put FILE
  ClearErrors
  File ${FILE}
  ${If} ${Errors}
    ${Fail} 6 "The files in $INSTDIR can't be written."
  ${EndIf}
!macroend

Section
  SetRegView 64
  SetShellVarContext all
  ${If} $Installed == ""
    StrCpy $R7 ""
    ExecWait '"$PLUGINSDIR\configure.exe" check-folder "$INSTDIR"' $R7
    ${If} $R7 != "0"
      ${Fail} 3 "$INSTDIR has a program that is not ours. InstallPath takes a folder of its own."
    ${EndIf}
  ${EndIf}
  ClearErrors
  CreateDirectory $INSTDIR
  FileOpen $0 "$INSTDIR\write.test" w
  ${If} ${Errors}
    ${Fail} 6 "$INSTDIR can't be written to."
  ${EndIf}
  FileClose $0
  Delete "$INSTDIR\write.test"
  StrLen $0 "$PROGRAMFILES64\"
  StrCpy $0 "$INSTDIR\" $0
  ${If} $Installed == ""
  ${AndIf} $0 != "$PROGRAMFILES64\"
    StrCpy $R7 ""
    ExecWait '"$PLUGINSDIR\configure.exe" protect "$INSTDIR"' $R7
    ${If} $R7 != "0"
      ${Fail} 6 "Who may change what is in $INSTDIR can't be said."
    ${EndIf}
  ${EndIf}
  Delete "$INSTDIR\${AWAY}"
  ReadRegStr $R5 HKLM "${OWN_KEY}" "Folders"
  ReadRegStr $R4 HKLM "${OWN_KEY}" "FormerFolders"
  SetOverwrite on
@INSTALL_FILES@
  WriteUninstaller "$INSTDIR\${PROGRAM}-uninstall.exe"
!ifdef APP
  !insertmacro WriteConfiguration
  WriteRegStr HKLM "${OWN_KEY}" "Command" '@COMMAND@'
  SetOutPath "$INSTDIR"
  CreateShortCut "$SMPROGRAMS\${TITLE}.lnk" "$INSTDIR\thinline-start.exe" '"$INSTDIR\thinline.exe" open' "$INSTDIR\thinline.exe" 0
!endif
  ; What the last installation wanted and this one doesn't.
  ${If} $Installed != ""
@UNREGISTER@
  ${EndIf}
@REGISTER@
@KEEP_SETTINGS@
  WriteRegStr HKLM "${OWN_KEY}" "Version" "${VERSION}"
  WriteRegStr HKLM "${OWN_KEY}" "InstallPath" "$INSTDIR"
  WriteRegStr HKLM "${OWN_KEY}" "Folders" "@BESIDES@"
  WriteRegStr HKLM "${UNINSTALL_KEY}" "DisplayName" "${TITLE}"
  WriteRegStr HKLM "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKLM "${UNINSTALL_KEY}" "Publisher" "@PUBLISHER@"
  WriteRegStr HKLM "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKLM "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\${PROGRAM}-uninstall.exe"'
  WriteRegStr HKLM "${UNINSTALL_KEY}" "QuietUninstallString" '"$INSTDIR\${PROGRAM}-uninstall.exe" /S'
  WriteRegDWORD HKLM "${UNINSTALL_KEY}" "NoModify" 1
  WriteRegDWORD HKLM "${UNINSTALL_KEY}" "NoRepair" 1
  ; What the version before this one had stays, as it may be running; what came before that goes.
  ${If} $R5 != ""
  ${AndIf} $R5 != "@BESIDES@"
    ${If} $R4 != ""
    ${AndIf} $R4 != "@BESIDES@"
    ${AndIf} $R4 != $R5
      RMDir /r /REBOOTOK "$INSTDIR\$R4"
    ${EndIf}
    WriteRegStr HKLM "${OWN_KEY}" "FormerFolders" $R5
  ${EndIf}
  ${If} ${RebootFlag}
    Push "Version ${VERSION} is installed. What was in use goes when Windows starts next."
    Push 3010
  ${Else}
    Push "Version ${VERSION} is installed."
    Push 0
  ${EndIf}
  Call WriteLog
  ${If} ${RebootFlag}
    SetErrorLevel 3010
  ${EndIf}
SectionEnd

Section Uninstall
  SetRegView 64
  SetShellVarContext all
@UNREGISTER@
@UNREGISTER_EMPTY@
  ReadRegStr $R4 HKLM "${OWN_KEY}" "FormerFolders"
  ${If} $R4 != ""
    RMDir /r /REBOOTOK "$INSTDIR\$R4"
  ${EndIf}
@REMOVE_FILES@
!ifdef APP
  Delete "$SMPROGRAMS\${TITLE}.lnk"
  ExecWait '"$PLUGINSDIR\configure.exe" remove "$INSTDIR\Softphone.config" "${OWN_KEY}"'
!endif
  ; What both halves have in one folder.
  ${IfNot} ${FileExists} "$INSTDIR\@OTHER@.exe"
@REMOVE_SHARED@
    Delete /REBOOTOK "$INSTDIR\${AWAY}"
  ${EndIf}
  DeleteRegKey HKLM "${UNINSTALL_KEY}"
  DeleteRegKey HKLM "${OWN_KEY}"
  DeleteRegKey /ifempty HKLM "SOFTWARE\@NAME@"
  Call un.WriteLog
  ; Last, as who waits for the end waits for this.
  Delete "$INSTDIR\${PROGRAM}-uninstall.exe"
  RMDir "$INSTDIR"
  ${If} ${RebootFlag}
    RMDir /REBOOTOK "$INSTDIR"
    SetErrorLevel 3010
  ${EndIf}
SectionEnd

Function un.onInit
  SetRegView 64
  InitPluginsDir
  File "/oname=$PLUGINSDIR\configure.exe" "@CONFIGURE@"
  ReadRegStr $0 HKLM "${OWN_KEY}" "InstallPath"
  ${If} $0 != ""
    StrCpy $INSTDIR $0
  ${EndIf}
FunctionEnd
