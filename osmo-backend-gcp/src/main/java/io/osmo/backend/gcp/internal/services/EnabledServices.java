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
import io.osmo.backend.spi.State;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The services that the project must have switched on. They belong to the project: switched on when the settings ask for it,
 * never off.
 */
public final class EnabledServices extends GcpResource<ProjectServices> {
    public static final ResourceId ID = ResourceId.of("project-services", "main");

    private final List<String> needed;

    EnabledServices(GcpContext gcp, BackendSpec spec) {
        super(gcp, ID, ProjectServices.class, Set.of(), seconds(30, 30, 0), "services of the project");
        this.needed = needed(Optional.of(spec));
    }

    /** What everything comes after when missing services are switched on. */
    public static Set<ResourceId> before(GcpContext gcp) {
        return gcp.settings().enableServices() ? Set.of(ID) : Set.of();
    }

    static List<String> needed(Optional<BackendSpec> spec) {
        boolean backup = spec.isEmpty() || spec.get().backup().enabled();
        return List.of(GcpService.values()).stream()
                .filter(service -> service != GcpService.SERVICE_USAGE)
                .filter(service -> backup || service != GcpService.BACKUP)
                .map(GcpService::serviceName)
                .toList();
    }

    static ProjectServices read(GcpContext gcp, List<String> needed) {
        String names = needed.stream()
                .map(name -> "names=projects/" + gcp.project() + "/services/" + name)
                .collect(Collectors.joining("&"));
        JsonNode answer = gcp.call(
                "serviceusage.services.get",
                () -> gcp.clients()
                        .rest()
                        .get(
                                GcpService.SERVICE_USAGE,
                                "/v1/projects/" + gcp.project() + "/services:batchGet?" + names));
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
        return Optional.of(read(gcp, needed))
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
        gcp.call(
                "serviceusage.services.enable",
                () -> gcp.clients()
                        .rest()
                        .post(
                                GcpService.SERVICE_USAGE,
                                "/v1/projects/" + gcp.project() + "/services:batchEnable",
                                body));
        return new ProjectServices(Set.of());
    }

    @Override
    public void update(ProjectServices observed, List<FieldChange> changes, State state) {
        throw new IllegalStateException("services cannot differ: " + changes);
    }

    @Override
    public void delete(ProjectServices observed, State state) {
        throw new IllegalStateException("services of a project are not ours to switch off");
    }
}
