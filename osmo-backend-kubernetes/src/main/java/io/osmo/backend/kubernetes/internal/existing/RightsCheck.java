// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.existing;

import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.osmo.backend.plan.PreflightFinding;
import io.osmo.backend.spi.provider.Futures;
import io.osmo.backend.spi.provider.PreflightCheck;
import io.osmo.backend.spi.provider.Survey;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Whether the credentials may make and change what an apply makes and changes. */
final class RightsCheck extends PreflightCheck<ExistingContext> {
    private static final List<String> VERBS = List.of("create", "patch", "delete");

    private record Kind(String group, String resource) {
        @Override
        public String toString() {
            return group.isEmpty() ? resource : resource + "." + group;
        }
    }

    RightsCheck() {
        super("permissions");
    }

    @Override
    protected CompletableFuture<List<PreflightFinding>> run(Survey<ExistingContext> survey) {
        ExistingContext context = survey.context();
        List<Kind> kinds = new ArrayList<>(List.of(
                new Kind("", "namespaces"), new Kind("", "secrets"), new Kind("scheduling.k8s.io", "priorityclasses")));
        if (context.settings().provisioner().isPresent()) {
            kinds.add(new Kind("storage.k8s.io", "storageclasses"));
        }
        return Futures.all(kinds.stream()
                        .flatMap(kind -> VERBS.stream().map(verb -> missing(context, kind, verb)))
                        .toList())
                .thenApply(answers -> {
                    List<String> missing =
                            answers.stream().flatMap(Optional::stream).toList();
                    return List.of(
                            missing.isEmpty()
                                    ? pass("may create, patch and delete what an apply needs")
                                    : fail(
                                            "may not " + String.join(", ", missing),
                                            "Bind the user to the ClusterRole cluster-admin, or grant these rights."));
                });
    }

    private static CompletableFuture<Optional<String>> missing(ExistingContext context, Kind kind, String verb) {
        SelfSubjectAccessReview question = new SelfSubjectAccessReviewBuilder()
                .withNewSpec()
                .withNewResourceAttributes()
                .withGroup(kind.group())
                .withResource(kind.resource())
                .withVerb(verb)
                .endResourceAttributes()
                .endSpec()
                .build();
        return context.read(
                        "create SelfSubjectAccessReview",
                        client -> client.authorization()
                                .v1()
                                .selfSubjectAccessReview()
                                .create(question))
                .thenApply(answer -> Stream.ofNullable(answer.getStatus())
                                .filter(Objects::nonNull)
                                .anyMatch(status -> Boolean.TRUE.equals(status.getAllowed()))
                        ? Optional.empty()
                        : Optional.of(verb + " " + kind));
    }
}
