// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.services;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.gcp.GcpService;
import io.osmo.backend.gcp.internal.GcpContext;
import io.osmo.backend.gcp.internal.GcpResource;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendSpec;
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
 * disabled.
 */
public final class EnabledServices extends GcpResource<ProjectServices> implements Resource<ProjectServices> {
    public static final ResourceId ID = ResourceId.of("project-services", "main");

    /** What the calls below need. */
    public static final Needs NEEDS = Needs.of(ID.kind())
            .read("serviceusage.services.get")
            .create("serviceusage.services.enable")
            .update("serviceusage.services.enable");

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
        return new ProjectServices(enabled);
    }

    @Override
    public Optional<ProjectServices> read(State state) {
        return Optional.of(find(context, needed))
                .filter(found -> found.missing(needed).isEmpty());
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
        context.call(
                "serviceusage.services.enable",
                () -> context.rest()
                        .post(
                                GcpService.SERVICE_USAGE,
                                "/v1/projects/" + context.project() + "/services:batchEnable",
                                body));
        return new ProjectServices(Set.of());
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
