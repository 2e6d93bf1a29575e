// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.services;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.gcp.GcpService;
import io.osmo.backend.gcp.internal.GcpContext;
import io.osmo.backend.gcp.internal.GcpErrors;
import io.osmo.backend.gcp.internal.GcpResource;
import io.osmo.backend.gcp.internal.LastOperation;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Readiness;
import io.osmo.backend.spi.Resource;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.provider.Needs;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The services that the project must have enabled. They belong to the project: enabled when the settings ask for it, never
 * disabled. Service Usage enables them in an operation, and only the operation tells why it did not.
 *
 * @see <a href="https://docs.cloud.google.com/service-usage/docs/reference/rest/v1/services/batchEnable">services.batchEnable</a>
 */
public final class EnabledServices extends GcpResource<ProjectServices> implements Resource<ProjectServices> {
    public static final ResourceId ID = ResourceId.of("project-services", "main");

    private static final String ENABLE = "serviceusage.services.enable";
    private static final String READ_OPERATION = "serviceusage.operations.get";

    /** What the calls below need. */
    public static final Needs NEEDS = Needs.of(ID.kind())
            .read("serviceusage.services.get")
            .create(ENABLE, READ_OPERATION)
            .update(ENABLE, READ_OPERATION);

    private final List<String> needed;

    EnabledServices(GcpContext context, BackendSpec spec) {
        super(context, ID, ProjectServices.class, Set.of(), seconds(30, 30, 0), "services of the project");
        this.needed = needed(spec);
    }

    /** What everything comes after when missing services are enabled. */
    public static Set<ResourceId> before(GcpContext context) {
        return context.settings().enableServices() ? Set.of(ID) : Set.of();
    }

    static List<String> needed(BackendSpec spec) {
        return Stream.of(GcpService.values())
                .filter(service -> service != GcpService.SERVICE_USAGE && service != GcpService.BILLING)
                .filter(service -> spec.backup().enabled() || service != GcpService.BACKUP)
                .map(GcpService::serviceName)
                .toList();
    }

    static ProjectServices find(GcpContext context, List<String> needed) {
        String names = needed.stream()
                .map(name -> "names=projects/" + context.project() + "/services/" + name)
                .collect(Collectors.joining("&"));
        JsonNode answer = context.call(
                "serviceusage.services.get",
                () -> context.rest()
                        .get(
                                GcpService.SERVICE_USAGE,
                                "/v1/projects/" + context.project() + "/services:batchGet?" + names));
        Set<String> enabled = new TreeSet<>();
        answer.path("services").forEach(service -> {
            if (service.path("state").asText().equals("ENABLED")) {
                String name = service.path("name").asText();
                enabled.add(name.substring(name.lastIndexOf('/') + 1));
            }
        });
        return ProjectServices.enabled(enabled);
    }

    @Override
    public Optional<ProjectServices> read(State state) {
        Optional<LastOperation.Running> running = lastOperation.running(this::progress);
        return running.isPresent()
                ? Optional.of(ProjectServices.enabling(running))
                : Optional.of(find(context, needed))
                        .filter(found -> found.missing(needed).isEmpty());
    }

    private LastOperation.Progress progress(String name) {
        return context.find(READ_OPERATION, () -> context.rest().get(GcpService.SERVICE_USAGE, "/v1/" + name))
                .map(EnabledServices::progress)
                .orElseGet(LastOperation.Progress::forgotten);
    }

    private static LastOperation.Progress progress(JsonNode operation) {
        return new LastOperation.Progress(
                operation.path("done").asBoolean() || operation.has("error"),
                operation.has("error")
                        ? Optional.of(GcpErrors.failed(ENABLE, operation.path("error")))
                        : Optional.empty());
    }

    @Override
    public Readiness readiness(ProjectServices observed) {
        return observed.operation()
                .map(running -> Readiness.pending("operation " + running.name()))
                .orElseGet(Readiness::ready);
    }

    @Override
    public List<FieldChange> compare(ProjectServices observed, State state) {
        return List.of();
    }

    @Override
    public ProjectServices create(State state) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode ids = body.putArray("serviceIds");
        needed.forEach(ids::add);
        JsonNode operation = context.call(
                ENABLE,
                () -> context.rest()
                        .post(
                                GcpService.SERVICE_USAGE,
                                "/v1/projects/" + context.project() + "/services:batchEnable",
                                body));
        lastOperation.begin(operation.path("name").asText());
        return ProjectServices.enabling(lastOperation.running(started -> progress(operation)));
    }

    @Override
    public void update(ProjectServices observed, List<FieldChange> changes, State state) {
        throw new IllegalStateException("services cannot differ: " + changes);
    }

    @Override
    public void delete(ProjectServices observed, State state) {
        throw new IllegalStateException("services of a project are never disabled");
    }
}
