; What the rows of packaging/product.json become: registry values for 32-bit or 64-bit programs, each with what takes it back.

!macro BeginAlways
  ${If} 1 = 1
!macroend
!macro BeginStartup
  ${If} $Setting_Startup == "yes"
!macroend
!macro BeginClients FIRST SECOND
  ${If} $Setting_DeploymentType == "all"
  ${OrIf} $Setting_DeploymentType == "${FIRST}"
  ${OrIf} $Setting_DeploymentType == "${SECOND}"
!macroend
!macro End
  ${EndIf}
!macroend

!macro RegisterString VIEW KEY NAME VALUE
  SetRegView ${VIEW}
  WriteRegStr HKLM "${KEY}" "${NAME}" "${VALUE}"
  SetRegView 64
!macroend
!macro RegisterNumber VIEW KEY NAME VALUE
  SetRegView ${VIEW}
  WriteRegDWORD HKLM "${KEY}" "${NAME}" ${VALUE}
  SetRegView 64
!macroend
!macro RegisterListed VIEW KEY NAME VALUE
  SetRegView ${VIEW}
  ReadRegStr $0 HKLM "${KEY}" "${NAME}"
  ${WordFind} ",$0," ",${VALUE}," "E+1{" $1
  ${If} ${Errors}
    ${If} $0 == ""
      StrCpy $0 "${VALUE}"
    ${Else}
      StrCpy $0 "$0,${VALUE}"
    ${EndIf}
    WriteRegStr HKLM "${KEY}" "${NAME}" $0
  ${EndIf}
  ClearErrors
  SetRegView 64
!macroend

!macro UnregisterKey VIEW KEY
  SetRegView ${VIEW}
  DeleteRegKey HKLM "${KEY}"
  SetRegView 64
!macroend
!macro UnregisterValue VIEW KEY NAME
  SetRegView ${VIEW}
  DeleteRegValue HKLM "${KEY}" "${NAME}"
  SetRegView 64
!macroend
; A key that we may have made, with nothing left in it.
!macro UnregisterEmpty VIEW KEY
  SetRegView ${VIEW}
  DeleteRegKey /ifempty HKLM "${KEY}"
  SetRegView 64
!macroend
!macro UnregisterListed VIEW KEY NAME VALUE
  SetRegView ${VIEW}
  ReadRegStr $0 HKLM "${KEY}" "${NAME}"
  ${WordReplace} ",$0," ",${VALUE}," "," "+1" $0
  StrCpy $0 $0 -1 1
  ${If} $0 == ""
    DeleteRegValue HKLM "${KEY}" "${NAME}"
  ${Else}
    WriteRegStr HKLM "${KEY}" "${NAME}" $0
  ${EndIf}
  SetRegView 64
!macroend
