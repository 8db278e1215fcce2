package dev.yagura.dify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class DifyExportTest {
  @Test
  void secrets_leave_no_trace_and_the_rest_stays_as_it_was() {
    String file =
        """
        # 櫓🏯 kept
        app: {name: A, mode: workflow}
        workflow:
          environment_variables:
          - {name: one, value_type: secret, value: 'it''s "s3cret"'}
          - name: two
            value: "s3cret\\u0020escaped"
            value_type: secret
          - name: three
            value_type: secret
            value: |
              s3cret in
              two lines
          - {name: four, value_type: secret, value: en}
          - {name: five, value_type: string, value: en}
          graph:
            nodes:
            - {id: t, data: {type: tool, credential_id: s3cret-4, title: en}}
            - {id: w, data: {type: trigger-webhook, webhook_url: 'http://s3cret'}}
        """;
    String out = DifyExport.withoutSecrets("a.yml", file);
    assertThat(out)
        .doesNotContain("s3cret")
        .contains("# 櫓🏯 kept")
        .contains("{name: four, value_type: secret, value: ''}")
        .contains("{name: five, value_type: string, value: en}")
        .contains("title: en");
    assertThat(DifyReader.read("a.yml", out).problems()).noneMatch(one -> one.isError());
    assertThat(DifyExport.withoutSecrets("a.yml", out)).isEqualTo(out);
  }

  @Test
  void a_secret_that_an_alias_names_elsewhere_is_not_exported() {
    String file =
        """
        app: {name: A, mode: workflow}
        workflow:
          environment_variables:
          - {name: one, description: &s s3cret, value_type: secret, value: *s}
        """;
    assertThatThrownBy(() -> DifyExport.withoutSecrets("a.yml", file))
        .hasMessageContaining("line 4: a secret is used in several places")
        .hasMessageNotContaining("s3cret");
  }
}
