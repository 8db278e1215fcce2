package dev.yagura.finding.alert;

import dev.yagura.finding.Language;
import dev.yagura.finding.catalogue.Bilingual;
import java.util.Map;

/** What the fields of a runtime context are called (guardduty.md §2.5, runtimeDetails.context). */
final class ContextLabels {
  private static final Map<String, Bilingual> LABELS =
      Map.ofEntries(
          Map.entry("commandLineExample", new Bilingual("Example of the command", "コマンドの例")),
          Map.entry("toolName", new Bilingual("Tool", "ツール")),
          Map.entry("toolCategory", new Bilingual("Kind of tool", "ツールの種類")),
          Map.entry("serviceName", new Bilingual("Service", "サービス")),
          Map.entry("scriptPath", new Bilingual("Script", "スクリプト")),
          Map.entry("libraryPath", new Bilingual("Library", "ライブラリ")),
          Map.entry("ldPreloadValue", new Bilingual("Preloaded library", "事前読み込みのライブラリ")),
          Map.entry("socketPath", new Bilingual("Socket", "ソケット")),
          Map.entry("mountSource", new Bilingual("Mounted from", "マウント元")),
          Map.entry("mountTarget", new Bilingual("Mounted to", "マウント先")),
          Map.entry("moduleName", new Bilingual("Kernel module", "カーネルモジュール")),
          Map.entry("moduleFilePath", new Bilingual("Module file", "モジュールのファイル")),
          Map.entry("releaseAgentPath", new Bilingual("Release agent", "release_agent")),
          Map.entry("runcBinaryPath", new Bilingual("runc", "runc")),
          Map.entry("shellHistoryFilePath", new Bilingual("Shell history", "シェルの履歴ファイル")),
          Map.entry("threatFilePath", new Bilingual("Malicious file", "悪意のあるファイル")),
          Map.entry("filePath", new Bilingual("File", "対象のファイル")),
          Map.entry("fileOperation", new Bilingual("What was done to it", "ファイルへの操作")),
          Map.entry("modifyingProcess", new Bilingual("Changed by", "変更したプロセス")),
          Map.entry("targetProcess", new Bilingual("Target process", "対象のプロセス")));

  private ContextLabels() {}

  static String of(String key, Language language) {
    Bilingual label = LABELS.get(key);
    return label == null ? key : label.in(language);
  }
}
