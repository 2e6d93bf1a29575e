// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.azure;

import static io.osmo.backend.tests.azure.AksBackend.spec;
import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.management.AzureEnvironment;
import io.osmo.backend.OsmoBackends;
import io.osmo.backend.azure.AksSettings;
import io.osmo.backend.azure.AzureClients;
import io.osmo.backend.azure.AzureProvider;
import io.osmo.backend.cluster.ClusterAccess;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** How a cluster is reached: by Microsoft Entra ID, or as the administrator where local accounts are on. */
class AksAccessTest {
    private static final String ADMIN = "POST Microsoft.ContainerService/managedClusters/listClusterAdminCredential";

    /** AKS's server application: the audience of tokens for API servers, the same in every tenant. */
    private static final String SCOPE = "6dae42f8-4368-4678-94ff-3960e28e3630/.default";

    @Test
    void a_token_of_entra_id_is_kept_and_renewed_before_it_ends() {
        try (AksBackend backend = new AksBackend()) {
            List<TokenRequestContext> asked = new ArrayList<>();
            TokenCredential credential = request -> Mono.fromSupplier(() -> {
                if (request.getScopes().contains(SCOPE)) {
                    asked.add(request);
                }
                return new AccessToken(
                        "entra-" + asked.size(),
                        backend.time().now().plus(Duration.ofHours(1)).atOffset(ZoneOffset.UTC));
            });
            try (OsmoBackends osmo = OsmoBackends.builder()
                    .provider(new AzureProvider((region, settings) -> AzureClients.over(
                            backend.azure().httpClient(),
                            credential,
                            AzureEnvironment.AZURE,
                            backend.azure().subscription())))
                    .scheduler(backend.time())
                    .build()) {
                ClusterAccess access = osmo.apply(osmo.plan(spec(s -> s.settings(AksSettings.builder()
                                .tenant("99999999-8888-4777-a666-555555555555")
                                .build()))))
                        .access()
                        .orElseThrow();

                ClusterAccess.Token first = access.tokens().get();
                int requests = asked.size();
                assertThat(access.tokens().get()).isEqualTo(first);
                assertThat(asked).hasSize(requests);

                backend.time().advance(Duration.ofMinutes(56));
                ClusterAccess.Token second = access.tokens().get();

                assertThat(second.value()).isNotEqualTo(first.value());
                assertThat(second.expiry())
                        .isAfter(first.expiry())
                        .isAfter(backend.time().now().plus(Duration.ofMinutes(50)));
                assertThat(asked)
                        .hasSize(requests + 1)
                        .allSatisfy(r -> assertThat(r.getTenantId()).isEqualTo("99999999-8888-4777-a666-555555555555"));
                assertThat(second.toString() + access).doesNotContain("entra-");
            }
            assertThat(backend.calls(ADMIN)).isEmpty();
        }
    }

    @Test
    void where_local_accounts_are_on_the_administrators_credential_serves_and_is_fetched_again() {
        try (AksBackend backend = new AksBackend()) {
            ClusterAccess access = backend.applied(spec(s ->
                            s.settings(AksSettings.builder().localAccounts(true).build())))
                    .access()
                    .orElseThrow();

            ClusterAccess.Token first = access.tokens().get();
            int fetched = backend.calls(ADMIN).size();
            assertThat(fetched).isPositive();
            access.tokens().get();
            assertThat(backend.calls(ADMIN)).hasSize(fetched);

            backend.time().advance(Duration.ofHours(2));
            ClusterAccess.Token second = access.tokens().get();

            assertThat(backend.calls(ADMIN)).hasSize(fetched + 1);
            assertThat(second.value()).isEqualTo(first.value()).isNotEqualTo("emulated");
            assertThat(second.expiry()).isAfter(first.expiry());
        }
    }
}
