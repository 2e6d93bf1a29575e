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

/** Asks the API server whether it is ready and who may do what; changes nothing. */
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
        var trouble = pending.add(lists.readiness("/readyz?verbose"));
        var own = pending.add(Lists.all(installing().map(reader::ask).toList()));
        var operator = pending.add(deployments.thenCompose(reader::askForOperator));
        return () -> new AccessFacts(trouble.get(), own.get(), operator.get());
    }

    private CompletableFuture<Fact<List<PermissionFacts>>> askForOperator(Fact<List<WorkloadFacts>> deployments) {
        if (deployments instanceof Fact.Unknown<List<WorkloadFacts>> unknown) {
            return CompletableFuture.completedFuture(Fact.unknown(unknown.reason(), unknown.remedy()));
        }
        return Lists.all(
                operating(deployments.known().orElseThrow()).map(this::ask).toList());
    }

    /** What installing the chart of OSMO's operator takes. */
    private static Stream<PermissionFacts> installing() {
        return Stream.of(
                wanted("", "create", "", "namespaces", ""),
                wanted("", "create", RBAC, "clusterroles", ""),
                wanted("", "create", RBAC, "clusterrolebindings", ""),
                wanted("", "create", "scheduling.k8s.io", "priorityclasses", ""),
                wanted("", "create", "apiextensions.k8s.io", "customresourcedefinitions", ""),
                wanted("", "list", "", "nodes", ""));
    }

    /** What the chart's roles give to the service accounts of the operator, and what they should not have. */
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
                    all.add(wanted(account, verb, "", "pods", ""));
                    all.add(wanted(account, verb, "", "nodes", ""));
                    all.add(wanted(account, verb, "", "events", workflows));
                }
                all.add(wanted(account, "get", "", "namespaces", ""));
                all.add(wanted(account, "*", "*", "*", ""));
            } else if (deployment.runs("backend-worker")) {
                List.of("pods", "services", "secrets")
                        .forEach(r -> all.add(wanted(account, "create", "", r, workflows)));
                all.add(wanted(account, "create", "scheduling.run.ai", "podgroups", workflows));
                all.add(wanted(account, "create", "scheduling.run.ai", "queues", ""));
                all.add(wanted(account, "create", "kai.scheduler", "topologies", ""));
                all.add(wanted(account, "get", "", "namespaces", ""));
                all.add(wanted(account, "*", "*", "*", ""));
            }
        }
        return all.stream();
    }

    /** Namespace of the workflows of an operator: a cluster may hold several, each for its own. */
    private String workflows(WorkloadFacts operator) {
        return operator.template().stream()
                .flatMap(t -> t.containers().stream())
                .flatMap(c -> c.flag("namespace").stream())
                .findFirst()
                .orElse(expectations.workflowNamespace());
    }

    private static PermissionFacts wanted(
            String subject, String verb, String group, String resource, String namespace) {
        return new PermissionFacts(subject, verb, group, resource, namespace, false);
    }

    private CompletableFuture<Fact<PermissionFacts>> ask(PermissionFacts wanted) {
        Kind kind = wanted.subject().isEmpty() ? Kinds.OWN_ACCESS : Kinds.OTHERS_ACCESS;
        ObjectNode question = JsonNodeFactory.instance.objectNode();
        question.put("apiVersion", "authorization.k8s.io/v1");
        question.put("kind", wanted.subject().isEmpty() ? "SelfSubjectAccessReview" : "SubjectAccessReview");
        ObjectNode spec = question.putObject("spec");
        if (!wanted.subject().isEmpty()) {
            spec.put("user", wanted.subject());
        }
        ObjectNode attributes = spec.putObject("resourceAttributes");
        attributes.put("verb", wanted.verb());
        attributes.put("group", wanted.group());
        attributes.put("resource", wanted.resource());
        attributes.put("namespace", wanted.namespace());
        return lists.ask(kind, question, answer -> answered(wanted, answer));
    }

    private static PermissionFacts answered(PermissionFacts wanted, JsonNode answer) {
        return new PermissionFacts(
                wanted.subject(),
                wanted.verb(),
                wanted.group(),
                wanted.resource(),
                wanted.namespace(),
                answer.path("status").path("allowed").asBoolean());
    }
}
