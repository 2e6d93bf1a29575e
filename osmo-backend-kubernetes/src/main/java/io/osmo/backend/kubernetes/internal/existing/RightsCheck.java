// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.existing;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.osmo.backend.kubernetes.internal.resource.ManifestResource;
import io.osmo.backend.plan.PreflightFinding;
import io.osmo.backend.spi.provider.Futures;
import io.osmo.backend.spi.provider.PreflightCheck;
import io.osmo.backend.spi.provider.Survey;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Whether the credentials may read what a plan reads, and make and change what an apply makes and changes. */
final class RightsCheck extends PreflightCheck<ExistingContext> {
    private static final List<String> CHANGES = List.of("create", "patch", "delete");
    private static final Kind SECRETS = new Kind("", "secrets");
    private static final Kind CLASSES = new Kind("storage.k8s.io", "storageclasses");

    private record Right(String verb, Kind kind) {
        @Override
        public String toString() {
            return verb + " " + kind;
        }
    }

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
        return Futures.all(rights(context).stream()
                        .map(right -> missing(context, right))
                        .toList())
                .thenApply(answers -> {
                    List<String> missing =
                            answers.stream().flatMap(Optional::stream).toList();
                    return List.of(
                            missing.isEmpty()
                                    ? pass(
                                            "may read what a plan needs, and create, patch and delete what an apply needs")
                                    : fail(
                                            "may not " + String.join(", ", missing),
                                            "Bind the user to the ClusterRole cluster-admin, or grant these rights."));
                });
    }

    private static List<Right> rights(ExistingContext context) {
        List<Kind> changed = new ArrayList<>(
                List.of(new Kind("", "namespaces"), SECRETS, new Kind("scheduling.k8s.io", "priorityclasses")));
        if (context.settings().provisioner().isPresent()) {
            changed.add(CLASSES);
        }
        Set<Kind> read = new LinkedHashSet<>(changed);
        read.addAll(List.of(CLASSES, new Kind("", "nodes")));
        ManifestResource.kinds()
                .forEach(type -> read.add(new Kind(HasMetadata.getGroup(type), HasMetadata.getPlural(type))));
        List<Right> rights = new ArrayList<>();
        changed.forEach(kind -> CHANGES.forEach(verb -> rights.add(new Right(verb, kind))));
        read.forEach(kind -> rights.add(new Right("list", kind)));
        rights.add(new Right("get", SECRETS));
        return rights;
    }

    private static CompletableFuture<Optional<String>> missing(ExistingContext context, Right right) {
        SelfSubjectAccessReview question = new SelfSubjectAccessReviewBuilder()
                .withNewSpec()
                .withNewResourceAttributes()
                .withGroup(right.kind().group())
                .withResource(right.kind().resource())
                .withVerb(right.verb())
                .endResourceAttributes()
                .endSpec()
                .build();
        return context.read(
                        "create SelfSubjectAccessReview",
                        client -> client.authorization()
                                .v1()
                                .selfSubjectAccessReview()
                                .create(question))
                .thenApply(answer -> Stream.ofNullable(answer)
                                .flatMap(found -> Stream.ofNullable(found.getStatus()))
                                .anyMatch(status -> Boolean.TRUE.equals(status.getAllowed()))
                        ? Optional.empty()
                        : Optional.of(right.toString()));
    }
}
