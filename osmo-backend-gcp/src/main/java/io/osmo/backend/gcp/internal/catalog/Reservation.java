// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Machines that are reserved in one zone, see <a
 * href="https://docs.cloud.google.com/compute/docs/reference/rest/v1/reservations">reservations</a>.
 *
 * @param specific whether only machines that name it use it
 * @param accelerators accelerators that are attached to each machine, such as {@code 2xnvidia-tesla-t4}
 * @param sharedWith other projects that may use it, by number or id
 * @param end when it is deleted automatically
 */
public record Reservation(
        Ref ref,
        String zone,
        String status,
        boolean specific,
        String machineType,
        Set<String> accelerators,
        long count,
        long inUse,
        Set<String> sharedWith,
        Optional<String> end) {
    public static final String READY = "READY";

    public Reservation {
        accelerators = Set.copyOf(accelerators);
        sharedWith = Set.copyOf(sharedWith);
    }

    /** How a spec names a reservation: by its name, or with the project that shares it. */
    public record Ref(String project, String name) {
        private static final String OF = "/reservations/";

        /** @param own the project of the backend */
        public static Ref of(String text, String own) {
            int of = text.indexOf(OF);
            String name = of < 0 ? text : text.substring(of + OF.length());
            String[] parts = text.split("/", -1);
            return new Ref(
                    of < 0 || parts.length < 2 || !parts[0].equals("projects") ? own : parts[1],
                    name.replaceFirst("/.*", ""));
        }
    }

    public static Reservation of(String project, JsonNode json) {
        JsonNode machines = json.path("specificReservation");
        JsonNode each = machines.path("instanceProperties");
        Set<String> accelerators = new TreeSet<>();
        each.path("guestAccelerators")
                .forEach(one -> accelerators.add(one.path("acceleratorCount").asInt() + "x"
                        + last(one.path("acceleratorType").asText())));
        Set<String> projects = new TreeSet<>();
        json.path("shareSettings").path("projectMap").fieldNames().forEachRemaining(projects::add);
        return new Reservation(
                new Ref(project, json.path("name").asText()),
                last(json.path("zone").asText()),
                json.path("status").asText(),
                json.path("specificReservationRequired").asBoolean(),
                last(each.path("machineType").asText()),
                accelerators,
                machines.path("count").asLong(),
                machines.path("inUseCount").asLong(),
                projects,
                Optional.of(json.path("deleteAtTime").asText()).filter(time -> !time.isEmpty()));
    }

    private static String last(String link) {
        return link.substring(link.lastIndexOf('/') + 1);
    }

    /** Whether its machines are what a pool asks for. Machines with GPUs of their own name no accelerators. */
    public boolean fits(MachineShape shape) {
        return machineType.equals(shape.machineType())
                && shape.attached()
                        .map(type -> accelerators.contains(shape.count() + "x" + type))
                        .orElse(true);
    }

    public long free() {
        return Math.max(0, count - inUse);
    }
}
