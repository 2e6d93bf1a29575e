// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.preflight;

import io.osmo.backend.error.CloudError;
import io.osmo.backend.gcp.internal.GcpContext;
import io.osmo.backend.gcp.internal.ProjectReader;
import io.osmo.backend.plan.PreflightFinding;
import io.osmo.backend.spi.provider.Futures;
import io.osmo.backend.spi.provider.PreflightCheck;
import io.osmo.backend.spi.provider.Survey;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Whether there are credentials and a project, and whether Google Cloud shows the project to these credentials. */
final class IdentityCheck extends PreflightCheck<GcpContext> {
    private static final Set<CloudError> REFUSED =
            Set.of(CloudError.NOT_AUTHORIZED, CloudError.NOT_FOUND, CloudError.INVALID_REQUEST);

    IdentityCheck() {
        super("identity");
    }

    @Override
    protected CompletableFuture<List<PreflightFinding>> run(Survey<GcpContext> survey) {
        GcpContext context = survey.context();
        // Which project it is may have to be read from a file.
        CompletableFuture<List<PreflightFinding>> project = context.scheduler()
                .call(context::project)
                .thenCompose(id -> ProjectReader.read(context))
                .thenApply(found -> List.of(pass("project " + found.id() + ", number " + found.number())));
        return Futures.recover(project, refused -> {
            if (REFUSED.contains(refused.error())) {
                return List.of(fail(String.valueOf(refused.getMessage()), refused.remedy()));
            }
            throw refused;
        });
    }
}
