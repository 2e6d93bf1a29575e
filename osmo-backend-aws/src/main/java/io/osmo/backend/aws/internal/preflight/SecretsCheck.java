// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.preflight;

import io.osmo.backend.aws.EksFeature;
import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.error.OsmoBackendException;
import io.osmo.backend.error.Violation;
import io.osmo.backend.kubernetes.ClusterSide;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.OsmoService;
import io.osmo.backend.spec.Requirement;
import io.osmo.backend.spi.PreflightFinding;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Whether the host supplies the secrets, in the form that registries and OSMO take. Asks nobody else; shows none of them. */
final class SecretsCheck extends PreflightCheck {
    SecretsCheck() {
        super("secrets", Requirement.RG_2);
    }

    @Override
    CompletableFuture<List<PreflightFinding>> run(AwsContext aws, BackendSpec spec) {
        boolean token = spec.osmo().flatMap(OsmoService::token).isPresent();
        if (!token && spec.pullSecrets().isEmpty() || !aws.settings().offers(EksFeature.CLUSTER_SIDE)) {
            return none();
        }
        return aws.scheduler().call(() -> judge(spec, token));
    }

    private List<PreflightFinding> judge(BackendSpec spec, boolean token) {
        try {
            List<Violation> violations = ClusterSide.checkSecrets(spec);
            return violations.isEmpty()
                    ? List.of(pass(spec.pullSecrets().size() + " for registries"
                            + (token ? " and the backend's token" : "") + ", well-formed"))
                    : violations.stream().map(this::fail).toList();
        } catch (OsmoBackendException e) {
            return List.of(fail(e.getMessage(), e.remedy()));
        } catch (RuntimeException e) {
            // What a supplier throws may say anything, the secret included.
            return List.of(fail("a supplier failed with " + e.getClass().getName(), "Mend the supplier."));
        }
    }
}
