// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.existing;

import io.osmo.backend.cluster.ClusterAccess;
import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import io.osmo.backend.error.KubeconfigException;
import io.osmo.backend.plan.PreflightFinding;
import io.osmo.backend.spi.provider.PreflightCheck;
import io.osmo.backend.spi.provider.Survey;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Whether the kubeconfig can be used, and whether the cluster accepts its credentials. */
final class IdentityCheck extends PreflightCheck<ExistingContext> {
    IdentityCheck() {
        super("identity");
    }

    @Override
    protected CompletableFuture<List<PreflightFinding>> run(Survey<ExistingContext> survey) {
        ExistingContext context = survey.context();
        return context.scheduler().call(() -> List.of(ask(context)));
    }

    private PreflightFinding ask(ExistingContext context) {
        try {
            ClusterAccess access = context.cluster().access();
            context.call(
                    "get /version",
                    () -> ClusterReader.version(context.cluster().client()));
            return pass("cluster " + access.name() + " at " + access.endpoint());
        } catch (KubeconfigException unusable) {
            return fail(String.valueOf(unusable.getMessage()), unusable.remedy());
        } catch (CloudException refused) {
            if (refused.error() == CloudError.NOT_AUTHORIZED) {
                return fail(String.valueOf(refused.getMessage()), refused.remedy());
            }
            throw refused;
        }
    }
}
