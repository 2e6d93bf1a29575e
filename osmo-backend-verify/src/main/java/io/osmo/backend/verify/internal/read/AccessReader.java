// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.read;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.verify.snapshot.AccessFacts;
import io.osmo.backend.verify.snapshot.Expectations;
import io.osmo.backend.verify.snapshot.PermissionFacts;
import io.osmo.backend.verify.snapshot.WorkloadFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Asks the API server whether it is ready and who may do what. Changes nothing. */
final class AccessReader {
    private static final String RBAC = "rbac.authorization.k8s.io";

    private final Lists lists;
    private final Expectations expectations;

    private AccessReader(Lists lists, Expectations expectations) {
        this.lists = lists;
        this.expectations = expectations;
    }

    /** Starts to read; what is returned collects what has arrived. */
    static Supplier<AccessFacts> start(
            Lists lists,
            Expectations expectations,
            CompletableFuture<Fact<List<WorkloadFacts>>> deployments,
            Pending pending) {
        AccessReader reader = new AccessReader(lists, expectations);
        var notReady = pending.add(lists.readiness("/readyz?verbose"));
        var own = pending.add(Lists.all(installing().map(reader::ask).toList()));
        var operator = pending.add(deployments.thenCompose(reader::askForOperator));
        return () -> new AccessFacts(notReady.get(), own.get(), operator.get());
    }

    private CompletableFuture<Fact<List<PermissionFacts>>> askForOperator(Fact<List<WorkloadFacts>> deployments) {
        if (deployments instanceof Fact.Unknown<List<WorkloadFacts>> unknown) {
            return CompletableFuture.completedFuture(Fact.unknown(unknown.reason(), unknown.remedy()));
        }
        return Lists.all(
                operating(deployments.known().orElseThrow()).map(this::ask).toList());
    }

    /** The rights that are needed to install the chart of OSMO's operator. */
    private static Stream<PermissionFacts> installing() {
        return Stream.of(
                permission("", "create", "", "namespaces", ""),
                permission("", "create", RBAC, "clusterroles", ""),
                permission("", "create", RBAC, "clusterrolebindings", ""),
                permission("", "create", "scheduling.k8s.io", "priorityclasses", ""),
                permission("", "create", "apiextensions.k8s.io", "customresourcedefinitions", ""),
                permission("", "list", "", "nodes", ""));
    }

    /** The rights that the chart's roles grant to the service accounts of the operator, and the one that they should not have. */
    private Stream<PermissionFacts> operating(List<WorkloadFacts> deployments) {
        List<PermissionFacts> all = new ArrayList<>();
        for (WorkloadFacts deployment : deployments) {
            String workflows = workflows(deployment);
            String account = deployment
                    .template()
                    .map(t -> "system:serviceaccount:" + deployment.namespace() + ":" + t.serviceAccount())
                    .orElse("");
            if (deployment.runs("backend-listener")) {
                for (String verb : List.of("list", "watch")) {
                    all.add(permission(account, verb, "", "pods", ""));
                    all.add(permission(account, verb, "", "nodes", ""));
                    all.add(permission(account, verb, "", "events", workflows));
                }
                all.add(permission(account, "get", "", "namespaces", ""));
                all.add(permission(account, "*", "*", "*", ""));
            } else if (deployment.runs("backend-worker")) {
                List.of("pods", "services", "secrets")
                        .forEach(r -> all.add(permission(account, "create", "", r, workflows)));
                all.add(permission(account, "create", "scheduling.run.ai", "podgroups", workflows));
                all.add(permission(account, "create", "scheduling.run.ai", "queues", ""));
                all.add(permission(account, "create", "kai.scheduler", "topologies", ""));
                all.add(permission(account, "get", "", "namespaces", ""));
                all.add(permission(account, "*", "*", "*", ""));
            }
        }
        return all.stream();
    }

    /** Namespace of the workflows of an operator: a cluster may have several operators, each with its own. */
    private String workflows(WorkloadFacts operator) {
        return operator.template().stream()
                .flatMap(t -> t.containers().stream())
                .flatMap(c -> c.flag("namespace").stream())
                .findFirst()
                .orElse(expectations.workflowNamespace());
    }

    private static PermissionFacts permission(
            String subject, String verb, String group, String resource, String namespace) {
        return new PermissionFacts(subject, verb, group, resource, namespace, false);
    }

    private CompletableFuture<Fact<PermissionFacts>> ask(PermissionFacts permission) {
        Kind kind = permission.subject().isEmpty() ? Kinds.OWN_ACCESS : Kinds.OTHERS_ACCESS;
        ObjectNode question = JsonNodeFactory.instance.objectNode();
        question.put("apiVersion", "authorization.k8s.io/v1");
        question.put("kind", permission.subject().isEmpty() ? "SelfSubjectAccessReview" : "SubjectAccessReview");
        ObjectNode spec = question.putObject("spec");
        if (!permission.subject().isEmpty()) {
            spec.put("user", permission.subject());
        }
        ObjectNode attributes = spec.putObject("resourceAttributes");
        attributes.put("verb", permission.verb());
        attributes.put("group", permission.group());
        attributes.put("resource", permission.resource());
        attributes.put("namespace", permission.namespace());
        return lists.ask(kind, question, answer -> answered(permission, answer));
    }

    private static PermissionFacts answered(PermissionFacts permission, JsonNode answer) {
        return new PermissionFacts(
                permission.subject(),
                permission.verb(),
                permission.group(),
                permission.resource(),
                permission.namespace(),
                answer.path("status").path("allowed").asBoolean());
    }
}
