// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.cluster;

import io.osmo.backend.aws.EksFeature;
import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.Caller;
import io.osmo.backend.aws.internal.CallerReader;
import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.provider.Futures;
import io.osmo.backend.spi.provider.Needs;
import io.osmo.backend.spi.provider.Observation;
import io.osmo.backend.spi.provider.Reader;
import io.osmo.backend.spi.provider.Reading;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** Asks IAM for the roles and users among the administrators of a spec that are of the caller's account. */
public final class AdminReader implements Reader<AwsContext> {
    public static final Reader<AwsContext> INSTANCE = new AdminReader();

    private AdminReader() {}

    @Override
    public Needs needs(Optional<BackendSpec> spec) {
        boolean admins = spec.filter(wanted -> !wanted.admins().isEmpty()).isPresent();
        return admins ? Needs.reading("iam:GetRole", "iam:GetUser") : Needs.NONE;
    }

    @Override
    public CompletableFuture<Reading> read(Observation<AwsContext> observation) {
        AwsContext context = observation.context();
        List<String> admins = observation.spec().map(spec -> spec.admins()).orElse(List.of()).stream()
                .distinct()
                .toList();
        if (admins.isEmpty() || !context.offers(EksFeature.ACCESS_ENTRIES)) {
            return CompletableFuture.completedFuture(Reading.empty());
        }
        return observation.of(CallerReader.INSTANCE).thenCompose(caller -> {
            String account = Caller.of(caller.toInventory()).account();
            return Futures.all(admins.stream()
                            .filter(arn -> account.equals(arn.split(":", -1)[4]))
                            .map(arn -> context.scheduler()
                                    .call(() -> ask(context, arn).map(answer -> Map.entry(arn, answer))))
                            .toList())
                    .thenApply(answers -> Reading.attachment(
                            Principals.class,
                            new Principals(answers.stream()
                                    .flatMap(Optional::stream)
                                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)))));
        });
    }

    /** Empty when the caller may not know. */
    private static Optional<Principals.Answer> ask(AwsContext context, String arn) {
        String name = arn.substring(arn.lastIndexOf('/') + 1);
        try {
            Optional<String> found = arn.contains(":role/")
                    ? context.find(
                            "iam:GetRole",
                            () -> context.iam()
                                    .getRole(r -> r.roleName(name))
                                    .role()
                                    .arn())
                    : context.find(
                            "iam:GetUser",
                            () -> context.iam()
                                    .getUser(r -> r.userName(name))
                                    .user()
                                    .arn());
            return Optional.of(found.map(Principals.Answer::new).orElse(Principals.Answer.NONE));
        } catch (CloudException refused) {
            if (refused.error() == CloudError.NOT_AUTHORIZED) {
                return Optional.empty();
            }
            throw refused;
        }
    }
}
