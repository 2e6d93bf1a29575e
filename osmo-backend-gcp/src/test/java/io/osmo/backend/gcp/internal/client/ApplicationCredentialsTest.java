// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.ImpersonatedCredentials;
import io.osmo.backend.gcp.GkeSettings;
import java.util.Date;
import org.junit.jupiter.api.Test;

class ApplicationCredentialsTest {
    private static final String ACCOUNT = "builder@p.iam.gserviceaccount.com";

    private final GoogleCredentials own = GoogleCredentials.create(new AccessToken("t", new Date(Long.MAX_VALUE)));

    @Test
    void an_account_that_is_named_is_impersonated_whatever_this_machine_has() {
        GoogleCredentials used = ApplicationCredentials.used(
                own,
                GkeSettings.builder().impersonate(ACCOUNT).quotaProject("q").build());

        assertThat(used).isInstanceOfSatisfying(ImpersonatedCredentials.class, impersonated -> {
            assertThat(impersonated.getAccount()).isEqualTo(ACCOUNT);
            assertThat(impersonated.getSourceCredentials()).isEqualTo(own);
            assertThat(impersonated.getQuotaProjectId()).isEqualTo("q");
        });
    }

    @Test
    void without_one_the_credentials_of_this_machine_are_used() {
        assertThat(ApplicationCredentials.used(own, GkeSettings.defaults())).isSameAs(own);
    }
}
