// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.cluster;

import io.osmo.backend.gcp.GcpService;
import io.osmo.backend.gcp.internal.GcpContext;
import io.osmo.backend.gcp.internal.Lookup;
import io.osmo.backend.gcp.internal.identity.ServiceAccount;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.provider.Needs;
import io.osmo.backend.spi.provider.Observation;
import io.osmo.backend.spi.provider.Reader;
import io.osmo.backend.spi.provider.Reading;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** Reads the administrators that are service accounts of the project: only these can be looked up. */
final class AdminReader implements Reader<GcpContext> {
    static final AdminReader INSTANCE = new AdminReader();

    private AdminReader() {}

    @Override
    public Needs needs(Optional<BackendSpec> spec) {
        boolean accounts = spec.stream()
                .flatMap(wanted -> wanted.admins().stream())
                .anyMatch(admin -> admin.startsWith("serviceAccount:"));
        return accounts ? Needs.reading("iam.serviceAccounts.get") : Needs.NONE;
    }

    @Override
    public CompletableFuture<Reading> read(Observation<GcpContext> observation) {
        GcpContext context = observation.context();
        List<String> emails = observation.spec().map(BackendSpec::admins).orElse(List.of()).stream()
                .map(AdminRules::email)
                .filter(email -> email.endsWith("@" + context.project() + ".iam.gserviceaccount.com"))
                .distinct()
                .toList();
        return emails.isEmpty()
                ? CompletableFuture.completedFuture(Reading.empty())
                : context.scheduler()
                        .call(() -> accounts(context, emails))
                        .thenApply(found -> Reading.attachment(AdminRules.Accounts.class, found));
    }

    private static AdminRules.Accounts accounts(GcpContext context, List<String> emails) {
        Map<String, Lookup<ServiceAccount>> byEmail = new TreeMap<>();
        for (String email : emails) {
            String path = "/v1/projects/" + context.project() + "/serviceAccounts/" + email;
            byEmail.put(
                    email,
                    Lookup.of(
                                    context,
                                    "iam.serviceAccounts.get",
                                    () -> context.rest().get(GcpService.IAM, path))
                            .map(ServiceAccount::of));
        }
        return new AdminRules.Accounts(byEmail);
    }
}
