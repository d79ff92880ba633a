; The settings of a silent installation, checked before anything is touched, and the result log: as packaging/unix/settings.sh.
; What is made from packaging/product.json: the variables, SetSetting, KeptSettings, SettingsToLog.

Var Line
Var Key
Var Value
Var Wanted
Var Known
Var LogFile
Var Action
Var Installed
Var Shielded

!define Fail "!insertmacro Fail"
!macro Fail CODE SENTENCE
  Push `${SENTENCE}`
  Push ${CODE}
  Call Fail
!macroend

; A line of the log's end. They may be more than a variable holds.
!define Note "!insertmacro Note"
!macro Note SENTENCE
  Push `${SENTENCE}`
  Call Note
!macroend

; What an upgrade begins with, unless its file says otherwise.
!macro KeptSetting KEY
  ReadRegStr $0 HKLM "${OWN_KEY}" "${KEY}"
  ${If} $0 != ""
    StrCpy $Setting_${KEY} $0
  ${EndIf}
!macroend
!macro KeepSetting KEY
  WriteRegStr HKLM "${OWN_KEY}" "${KEY}" $Setting_${KEY}
!macroend

; The parts of SetSetting: each setting by its names, and words that it can be.
!macro BeginSetting NAME
  ${If} $Key == "${NAME}"
!macroend
!macro OrSetting NAME
  ${OrIf} $Key == "${NAME}"
!macroend
!macro BeginWord VALUE
  ${If} $Value == "${VALUE}"
    StrCpy $Value "${VALUE}"
!macroend
!macro ElseWord VALUE
  ${ElseIf} $Value == "${VALUE}"
    StrCpy $Value "${VALUE}"
!macroend
; One that means something to the other half alone, whose file this may be, too.
!macro OtherWord VALUE
  ${ElseIf} $Value == "${VALUE}"
    StrCpy $Known 0
    Return
!macroend
!macro EndWords
  ${Else}
    StrCpy $Value ""
  ${EndIf}
!macroend
!macro EndSetting VARIABLE
    StrCpy ${VARIABLE} $Value
    Return
  ${EndIf}
!macroend

; The page that asks: a box for each switch.
!macro AskBox VARIABLE BOX TOP WORDS
  ${NSD_CreateCheckBox} 0 ${TOP}u 100% 12u "${WORDS}"
  Pop ${BOX}
  ${If} ${VARIABLE} == "yes"
    ${NSD_Check} ${BOX}
  ${EndIf}
!macroend
!macro TakeBox VARIABLE BOX
  StrCpy ${VARIABLE} "no"
  ${NSD_GetState} ${BOX} $0
  ${If} $0 = ${BST_CHECKED}
    StrCpy ${VARIABLE} "yes"
  ${EndIf}
!macroend
; Of several, one.
!macro AskButton VARIABLE BUTTON TOP WORD WORDS
  ${NSD_CreateRadioButton} 0 ${TOP}u 100% 12u "${WORDS}"
  Pop ${BUTTON}
  ${If} ${VARIABLE} == "${WORD}"
    ${NSD_Check} ${BUTTON}
  ${EndIf}
!macroend
!macro TakeButton VARIABLE BUTTON WORD
  ${NSD_GetState} ${BUTTON} $0
  ${If} $0 = ${BST_CHECKED}
    StrCpy ${VARIABLE} "${WORD}"
  ${EndIf}
!macroend

Function Fail
  Pop $0
  Pop $1
  Push $1
  Push $0
  Call WriteLog
  ${IfNot} ${Silent}
    MessageBox MB_OK|MB_ICONSTOP "$1"
  ${EndIf}
  SetErrorLevel $0
  Quit
FunctionEnd

; Stack: sentence, code.
Function WriteLog
  Pop $0
  Pop $1
  ${If} $LogFile == ""
    Return
  ${EndIf}
  FileOpen $2 "$PLUGINSDIR\log.txt" w
  FileWriteUTF16LE $2 "[ResponseResult]$\r$\nResultCode=$0$\r$\n[Result]$\r$\nProduct=${PROGRAM}$\r$\nVersion=${VERSION}$\r$\n"
  FileWriteUTF16LE $2 "Action=$Action$\r$\nMessage=$1$\r$\n[Settings]$\r$\n"
  Push $2
  Call SettingsToLog
  FileClose $2
  ExecWait '"$PLUGINSDIR\configure.exe" write-log "$LogFile" "$PLUGINSDIR\log.txt" "$PLUGINSDIR\notes.txt"'
FunctionEnd

; The value behind $R3 on the command line, in $R4: up to the next blank, or within ' or ", which may be before $R3.
!macro WordBehind UN
Function ${UN}WordBehind
  StrCpy $R4 ""
  ${GetParameters} $0
  StrLen $1 $R3
  StrCpy $2 0
  ${Do}
    StrCpy $3 $0 $1 $2
    ${If} $3 == ""
      Return
    ${EndIf}
    ${If} $3 == $R3
      ${ExitDo}
    ${EndIf}
    IntOp $2 $2 + 1
  ${Loop}
  ; PowerShell quotes the whole word.
  StrCpy $5 " "
  ${If} $2 > 0
    IntOp $3 $2 - 1
    StrCpy $4 $0 1 $3
    StrCpy $3 $R3 1
    ${If} $4 == '"'
    ${AndIf} $3 == "/"
      StrCpy $5 $4
    ${EndIf}
  ${EndIf}
  IntOp $2 $2 + $1
  StrCpy $4 $0 1 $2
  ${If} $4 == "'"
  ${OrIf} $4 == '"'
    StrCpy $5 $4
    IntOp $2 $2 + 1
  ${EndIf}
  ${Do}
    StrCpy $4 $0 1 $2
    ${If} $4 == ""
    ${OrIf} $4 == $5
      Return
    ${EndIf}
    ; The InstallShield form has quotation marks around it all.
    ${If} $4 == '"'
      Return
    ${EndIf}
    StrCpy $R4 "$R4$4"
    IntOp $2 $2 + 1
  ${Loop}
FunctionEnd
!macroend
!insertmacro WordBehind ""
!insertmacro WordBehind "un."

; The uninstaller's, where /RESULT= asks for one.
Function un.WriteLog
  StrCpy $R3 "/RESULT="
  Call un.WordBehind
  ${If} $R4 == ""
    Return
  ${EndIf}
  StrCpy $2 "Version ${VERSION} is removed."
  StrCpy $3 0
  ${If} ${RebootFlag}
    StrCpy $2 "$2 What was in use goes when Windows starts next."
    StrCpy $3 3010
  ${EndIf}
  FileOpen $4 "$PLUGINSDIR\log.txt" w
  FileWriteUTF16LE $4 "[ResponseResult]$\r$\nResultCode=$3$\r$\n[Result]$\r$\nProduct=${PROGRAM}$\r$\nVersion=${VERSION}$\r$\n"
  FileWriteUTF16LE $4 "Action=remove$\r$\nMessage=$2$\r$\n"
  FileClose $4
  ExecWait '"$PLUGINSDIR\configure.exe" write-log "$R4" "$PLUGINSDIR\log.txt"'
FunctionEnd

Function Note
  Pop $0
  StrCpy $1 ""
  ${IfNot} ${FileExists} "$PLUGINSDIR\notes.txt"
    StrCpy $1 "[Notes]$\r$\n"
  ${EndIf}
  FileOpen $2 "$PLUGINSDIR\notes.txt" a
  FileSeek $2 0 END
  FileWriteUTF16LE $2 "$1Note=$0$\r$\n"
  FileClose $2
FunctionEnd

; $Value becomes yes, no or empty.
Function CheckSwitch
  StrCpy $Wanted "yes or no"
  ${If} $Value == "yes"
  ${OrIf} $Value == "true"
  ${OrIf} $Value == "1"
  ${OrIf} $Value == "on"
    StrCpy $Value "yes"
  ${ElseIf} $Value == "no"
  ${OrIf} $Value == "false"
  ${OrIf} $Value == "0"
  ${OrIf} $Value == "off"
    StrCpy $Value "no"
  ${Else}
    StrCpy $Value ""
  ${EndIf}
FunctionEnd

; Empties $Value where it has other characters than those in $0.
Function OnlyCharacters
  StrCpy $1 0
  ${Do}
    StrCpy $2 $Value 1 $1
    ${If} $2 == ""
      ${ExitDo}
    ${EndIf}
    StrCpy $3 0
    ${Do}
      StrCpy $4 $0 1 $3
      ${If} $4 == ""
        StrCpy $Value ""
        Return
      ${EndIf}
      ${If} $4 == $2
        ${ExitDo}
      ${EndIf}
      IntOp $3 $3 + 1
    ${Loop}
    IntOp $1 $1 + 1
  ${Loop}
FunctionEnd

Function CheckDigits
  StrCpy $Wanted "digits"
  StrCpy $0 "0123456789"
  Call OnlyCharacters
FunctionEnd

Function CheckVersion
  StrCpy $Wanted "numbers with points between them"
  StrCpy $0 "0123456789."
  Call OnlyCharacters
  StrCpy $0 $Value 1
  StrCpy $1 $Value 1 -1
  ${WordFind} $Value ".." "E+1{" $2
  IfErrors +2
    StrCpy $Value ""
  ClearErrors
  ${If} $0 == "."
  ${OrIf} $1 == "."
    StrCpy $Value ""
  ${EndIf}
FunctionEnd

Function CheckPort
  Call CheckDigits
  StrCpy $Wanted "1 to 65535"
  StrLen $0 $Value
  ${If} $0 > 5
  ${OrIf} $Value < 1
  ${OrIf} $Value > 65535
    StrCpy $Value ""
  ${EndIf}
FunctionEnd

Function CheckThumbprint
  StrCpy $Wanted "40 hexadecimal digits"
  ; As certificate dialogs show them.
  ${WordReplace} $Value " " "" "+" $Value
  StrCpy $0 "0123456789abcdef"
  Call OnlyCharacters
  StrLen $0 $Value
  ${If} $0 <> 40
    StrCpy $Value ""
  ${EndIf}
FunctionEnd

Function CheckPath
  StrCpy $Wanted "an absolute path of at most ${LONGEST_PATH} characters"
  ${Do}
    StrCpy $0 $Value 1 -1
    ${If} $0 != "\"
      ${ExitDo}
    ${EndIf}
    StrCpy $Value $Value -1
  ${Loop}
  StrCpy $0 $Value 2 1
  StrCpy $1 $Value 2
  StrLen $2 $Value
  ${If} $0 != ":\"
  ${AndIf} $1 != "\\"
    StrCpy $Value ""
  ${EndIf}
  ; The root of a drive has others' folders, which would be removed with ours.
  ${If} $2 <= 3
  ${OrIf} $2 > ${LONGEST_PATH}
    StrCpy $Value ""
  ${EndIf}
  ; No name has these, and the first would end the quotation marks of a command line.
  StrCpy $0 0
  ${Do}
    StrCpy $1 '"<>|?*' 1 $0
    ${If} $1 == ""
      ${ExitDo}
    ${EndIf}
    ${WordFind} '$Value' $1 "E+1{" $2
    IfErrors +2
      StrCpy $Value ""
    ClearErrors
    IntOp $0 $0 + 1
  ${Loop}
FunctionEnd

; $Line without blanks and line ends around it.
Function TrimLine
  ${Do}
    StrCpy $0 $Line 1 -1
    ${If} $0 != " "
    ${AndIf} $0 != "$\t"
    ${AndIf} $0 != "$\r"
    ${AndIf} $0 != "$\n"
      ${ExitDo}
    ${EndIf}
    StrCpy $Line $Line -1
  ${Loop}
  ${Do}
    StrCpy $0 $Line 1
    ${If} $0 != " "
    ${AndIf} $0 != "$\t"
      ${ExitDo}
    ${EndIf}
    StrCpy $Line $Line "" 1
  ${Loop}
FunctionEnd

; For a sentence.
Function ShortenLine
  StrLen $0 $Line
  ${If} $0 > 200
    StrCpy $Line $Line 200
    StrCpy $Line "$Line..."
  ${EndIf}
FunctionEnd

Function TakeLine
  Call TrimLine
  StrCpy $0 $Line 1
  ${If} $Line == ""
  ${OrIf} $0 == ";"
  ${OrIf} $0 == "#"
  ${OrIf} $0 == "["
    Return
  ${EndIf}
  StrCpy $1 0
  ${Do}
    StrCpy $0 $Line 1 $1
    ${If} $0 == ""
      Call ShortenLine
      ${Fail} 3 `"$Line" is not KEY=VALUE.`
    ${EndIf}
    ${If} $0 == "="
      ${ExitDo}
    ${EndIf}
    IntOp $1 $1 + 1
  ${Loop}
  StrCpy $5 $Line $1
  IntOp $1 $1 + 1
  StrCpy $6 $Line "" $1
  StrCpy $Line $5
  Call TrimLine
  StrCpy $Key $Line
  StrCpy $Line $6
  Call TrimLine
  StrCpy $0 $Line 1
  StrCpy $1 $Line 1 -1
  ${If} $0 == '"'
  ${AndIf} $1 == '"'
    StrCpy $Line $Line -1 1
  ${EndIf}
  ${If} $Line == ""
    Return
  ${EndIf}
  StrCpy $Value $Line
  StrCpy $Known 1
  Call SetSetting
  ${If} $Known = 0
    ${Note} "$Key is not a setting of ${PROGRAM} here, and was left alone."
  ${ElseIf} $Value == ""
    Call ShortenLine
    ${Fail} 3 `$Key can't be "$Line": it takes $Wanted.`
  ${EndIf}
FunctionEnd

; $R0: the file.
Function ReadSettings
  StrCpy $0 ""
  ExecWait '"$PLUGINSDIR\configure.exe" read-settings "$R0" "$PLUGINSDIR\settings.txt"' $0
  ${If} $0 == "2"
    ${Fail} 2 `$R0 can't be read.`
  ${ElseIf} $0 == "3"
    ${Fail} 3 `$R0 is not a text of at most 64 KB with lines of at most 1000 characters.`
  ${ElseIf} $0 != "0"
    ${Fail} 1 `$R0 can't be looked at.`
  ${EndIf}
  FileOpen $R1 "$PLUGINSDIR\settings.txt" r
  ${Do}
    ClearErrors
    FileReadUTF16LE $R1 $Line
    ${If} ${Errors}
      ${ExitDo}
    ${EndIf}
    Call TakeLine
  ${Loop}
  FileClose $R1
FunctionEnd

; Both forms: /S /CONFIG=FILE /RESULT=FILE, and InstallShield's /s /z"-s 'FILE' -sl 'FILE'".
Function ReadCommandLine
  StrCpy $LogFile "$EXEDIR\install_result.log"
  StrCpy $R0 ""
  StrCpy $Shielded 0
  StrCpy $R3 "/RESULT="
  Call WordBehind
  ${If} $R4 != ""
    StrCpy $LogFile $R4
  ${EndIf}
  StrCpy $R3 "/CONFIG="
  Call WordBehind
  StrCpy $R0 $R4
  ${GetParameters} $0
  StrCpy $0 " $0 "
  ${WordFind} "$0" " /s " "E+1{" $1
  ${IfNot} ${Errors}
    SetSilent silent
  ${EndIf}
  ClearErrors
  ${WordFind} "$0" ' /z"' "E+1{" $1
  ${IfNot} ${Errors}
    StrCpy $Shielded 1
    SetSilent silent
    StrCpy $R3 "-sl "
    Call WordBehind
    ${If} $R4 != ""
      StrCpy $LogFile $R4
    ${EndIf}
    StrCpy $R3 "-s "
    Call WordBehind
    StrCpy $R0 $R4
  ${EndIf}
  ClearErrors
  ${If} $R0 == ""
  ${AndIf} ${FileExists} "$EXEDIR\${FIRST_FILE}"
    StrCpy $R0 "$EXEDIR\${FIRST_FILE}"
  ${EndIf}
  ${If} $R0 == ""
  ${AndIf} ${FileExists} "$EXEDIR\${SECOND_FILE}"
    StrCpy $R0 "$EXEDIR\${SECOND_FILE}"
  ${EndIf}
FunctionEnd
