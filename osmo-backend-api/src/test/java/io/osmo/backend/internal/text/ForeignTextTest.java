// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Text of others may not move cursors, add lines, command a build server, or carry a credential. */
class ForeignTextTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ::error::failed                      | : :error::failed
            a ::set-output name=x::y             | a : :set-output name=x::y
            ##[error]failed                      | # #[error]failed
            a##vso[task.setvariable variable=x]y | a# #vso[task.setvariable variable=x]y
            ##teamcity[buildStop]                | # #teamcity[buildStop]
            fe80::1 and ::1 and std::string      | fe80::1 and ::1 and std::string
            # heading ## two                     | # heading ## two
            """)
    void commands_of_build_servers_are_broken(String text, String shown) {
        assertThat(ForeignText.line(text, 100)).isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\n::error::x",
                "\t::error::x",
                "\u2028::error::x",
                "a\r::error::x",
                "\u001b[2J",
                "\u202eabc",
                "\ud800",
                "\uffff"
            })
    void control_characters_are_replaced(String text) {
        assertThat(ForeignText.line(text, 100))
                .doesNotContain("::error", "\n", "\r", "\u001b", "\u202e", "\ud800", "\uffff");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Get https://me:hunter2@r.example.com/v2 | Get https://…@r.example.com/v2
            s3://b/k?X-Amz-Signature=ab&x=1         | s3://b/k?X-Amz-Signature=…&x=1
            https://a/b?sv=1&sig=hunter2            | https://a/b?sv=1&sig=…
            https://a/b?access_token=hunter2        | https://a/b?access_token=…
            https://a/b?version=1                   | https://a/b?version=1
            mail me@example.com                     | mail me@example.com
            """)
    void credentials_in_urls_are_left_out(String text, String shown) {
        assertThat(ForeignText.withoutCredentials(text)).isEqualTo(shown);
        assertThat(ForeignText.line(text, 100)).isEqualTo(shown);
    }

    @Test
    void long_text_is_cut_where_no_credential_begins() {
        String text = "x".repeat(90) + " https://me:" + "hunter2".repeat(20) + "@example.com";

        assertThat(ForeignText.line("y".repeat(1_000), 100)).isEqualTo("y".repeat(100) + "… (900 more characters)");
        assertThat(ForeignText.line(text, 110)).startsWith("x".repeat(90)).doesNotContain("hunter2");
        assertThat(ForeignText.line("\ud83d\ude00".repeat(60), 99)).startsWith("\ud83d\ude00".repeat(49) + "…");
    }

    @Test
    void exceptions_are_bounded_and_plain() {
        CloudException e = CloudException.builder(CloudError.UNKNOWN, "eks:CreateCluster")
                .message("\u001b[2J\n::error::" + "x".repeat(1_000_000) + "https://me:hunter2@example.com")
                .remedy("##[error]")
                .build();

        assertThat(e.getMessage()).hasSizeLessThan(20_000).doesNotContain("\u001b", "::error", "hunter2");
        assertThat(e.remedy()).isEqualTo("# #[error]");
    }
}
