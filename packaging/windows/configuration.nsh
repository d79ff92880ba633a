; What only the app layer has: settings of the connector, and the configuration that thinline-configure.exe makes of them.

Var Options

!macro CheckTogether
  ${If} $Setting_CertificateType == "File"
  ${AndIf} $Setting_CertificateFile == ""
    ${Fail} 3 "CertificateType=File needs CertificateFile."
  ${EndIf}
  ${If} $Setting_CertificateType == "WindowsStore"
  ${AndIf} $Setting_CertThumbPrint == ""
    ${Fail} 3 "CertificateType=WindowsStore needs CertThumbPrint."
  ${EndIf}
!macroend

!macro WriteConfiguration
  ${If} ${FileExists} "$INSTDIR\Softphone.config"
    ${If} $Setting_PreserveConfigFile == "yes"
    ${OrIf} $Setting_Connector == "yes"
      ${Note} "$INSTDIR\Softphone.config was kept as it is."
    ${EndIf}
  ${EndIf}
  StrCpy $R6 '"$Setting_Connector" "$Setting_ConnectorPort" "$Setting_HTTPS"'
  StrCpy $R6 '$R6 "$Setting_CertificateType" "$Setting_CertThumbPrint" "$Setting_CertificateFile" "$Setting_PreserveConfigFile" "${OWN_KEY}"'
  StrCpy $R7 ""
  ExecWait '"$PLUGINSDIR\configure.exe" write "$INSTDIR\Softphone.config.template" "$INSTDIR\Softphone.config" $R6' $R7
  ${If} $R7 != "0"
    ${Fail} 6 "$INSTDIR\Softphone.config can't be written."
  ${EndIf}
  StrCpy $Options '--config "$INSTDIR\Softphone.config"'
  ${If} $Setting_DeploymentType == "Std"
    StrCpy $Options "--standalone $Options"
  ${Else}
    ${Note} 'For the Citrix policy "Virtual channel allow list": THNLINE,$INSTDIR\thinline.exe'
    ${Note} 'For the Citrix policy "Virtual channel allow list for DVC": $INSTDIR\thinline.exe,thinline-channel,thinline.grpc'
  ${EndIf}
!macroend
