// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.internal.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.ApplyOptions;
import io.osmo.backend.Progress;
import io.osmo.backend.error.PartialApplyException;
import io.osmo.backend.event.Event;
import io.osmo.backend.event.ProgressListener;
import io.osmo.backend.fake.Fault;
import io.osmo.backend.fake.World;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendRef;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final StringBuilder out = new StringBuilder();

    private void apply(ProgressListener listener) {
        try (World world = new World()) {
            world.provider.want(List.of(
                    world.resource("vpc/main", 1),
                    world.resource("cluster/main", 60, "vpc/main"),
                    world.resource("pool/cpu", 20, "cluster/main"),
                    world.resource("addon/dns", 20, "pool/cpu")));
            world.cloud.refused.add(ResourceId.of("pool", "cpu"));
            world.cloud.fault(3, Fault.THROTTLED);
            try {
                world.osmo.apply(world.osmo.plan(World.spec()), listener);
            } catch (PartialApplyException e) {
                out.append("-- ").append(e.outcomes().size()).append(" outcomes\n");
            }
        }
    }

    @Test
    void a_log_gets_one_line_for_each_thing_that_happens() {
        apply(Progress.lines(out));
        assertThat(out).hasToString("""
                           0:00  fake/here/train: 4 resources, about 1:41
                           0:00  creating vpc/main (vpc main): will be tried again: create vpc/main: slow down (THROTTLED)
                           0:01  vpc/main: CREATING
                           0:02  created vpc/main in 0:02
                           0:03  creating cluster/main (cluster main): CREATING
                           1:04  created cluster/main in 1:01
                           1:04  FAILED pool/cpu: create pool/cpu: none left (NO_CAPACITY) Try later.
                           1:04  skipped addon/dns, because pool/cpu failed
                           1:04  Done in part; plan and apply again to resume (1:04)
                        -- 4 outcomes
                        """);
    }

    @Test
    void a_terminal_gets_frames_that_are_redrawn_in_place() {
        apply(Progress.terminal(out, 80));
        String[] frames = out.toString()
                .replace("\u001b[2K", "")
                .replaceAll("\u001b\\[\\?7[lh]", "")
                .replaceAll("\u001b\\[(\\d+)A\r", "(up $1)\n")
                .split("\u001b\\[J");
        assertThat(frames[2]).isEqualTo("""
                        (up 2)
                        fake/here/train  [░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░]   0%  0/4  0:00
                          creating vpc/main  0:00 of ~0:01  will be tried again: create vpc/main: slow …
                        """);
        assertThat(String.join("", Arrays.copyOfRange(frames, frames.length - 6, frames.length)))
                .isEqualTo("""
                        (up 2)
                        ✓ created cluster/main in 1:01
                        fake/here/train  [███████████████████████████░░░░░░░░░░░░░░░░░░]  60%  2/4  1:04
                        (up 1)
                        fake/here/train  [███████████████████████████░░░░░░░░░░░░░░░░░░]  60%  2/4  1:04
                          creating pool/cpu  0:00 of ~0:20
                        (up 2)
                        ✗ pool/cpu: create pool/cpu: none left (NO_CAPACITY)
                          Try later.
                        fake/here/train  [████████████████████████████████████░░░░░░░░░]  80%  3/4  1:04
                        (up 1)
                        - skipped addon/dns: pool/cpu failed
                        fake/here/train  [█████████████████████████████████████████████] 100%  4/4  1:04
                        (up 1)
                        fake/here/train: Done in part; plan and apply again to resume (1:04)
                        -- 4 outcomes
                        """);
    }

    @Test
    void lines_are_never_wider_than_the_terminal() {
        apply(Progress.terminal(out, 50));
        assertThat(out.toString().replaceAll("\u001b\\[\\??\\d*[A-Zlh]", "").split("[\n\r]"))
                .allMatch(line -> line.startsWith("--") || line.length() <= 50);
    }

    @Test
    void what_has_ended_is_told_in_full_however_narrow_the_terminal_is() {
        apply(Progress.terminal(out, 40));
        assertThat(out.toString().replaceAll("\u001b\\[\\??\\d*[A-Zlh]", ""))
                .contains("✗ pool/cpu: create pool/cpu: none left\n    (NO_CAPACITY)\n");
    }

    /** A poll every few seconds says nothing new for as long as the cloud takes. */
    @Test
    void programs_are_told_what_a_resource_waits_for_once_a_minute() {
        List<Event> events = new ArrayList<>();
        try (World world = new World()) {
            world.provider.want(List.of(world.resource("cluster/main", 600)));
            world.osmo.apply(
                    world.osmo.plan(World.spec()),
                    ApplyOptions.defaults().listener(events::add).listener(Progress.jsonLines(out)));
        }

        assertThat(events).filteredOn(Event.ResourceWaiting.class::isInstance).hasSizeGreaterThan(30);
        assertThat(out.toString().lines())
                .hasSizeLessThan(20)
                .filteredOn(line -> line.contains("\"event\":\"ResourceWaiting\""))
                .hasSizeBetween(9, 12)
                .allMatch(line -> line.contains("\"reason\":\"CREATING\""));
    }

    @Test
    void what_is_new_about_a_resource_is_told_at_once() {
        Waits waits = new Waits();
        BackendRef ref = World.ref();
        ResourceId id = ResourceId.of("pool", "cpu");
        Instant begin = Instant.EPOCH;
        Event creating = new Event.ResourceWaiting(begin, ref, id, "CREATING", Duration.ZERO);
        Event soon = new Event.ResourceWaiting(begin.plusSeconds(59), ref, id, "CREATING", Duration.ZERO);

        assertThat(waits.isNew(creating)).isTrue();
        assertThat(waits.isNew(soon)).isFalse();
        assertThat(waits.isNew(new Event.ResourceWaiting(
                        begin.plusSeconds(59), ref, ResourceId.of("pool", "gpu"), "CREATING", Duration.ZERO)))
                .isTrue();
        assertThat(waits.isNew(new Event.ResourceWaiting(begin, ref, id, "0 of 2 nodes", Duration.ZERO)))
                .isTrue();
        assertThat(waits.isNew(soon)).isTrue();
        assertThat(waits.isNew(new Event.ResourceRetrying(begin, ref, id, "busy", Duration.ZERO)))
                .isTrue();
        assertThat(waits.isNew(soon)).isTrue();
        assertThat(waits.isNew(new Event.ResourceWaiting(begin.plusSeconds(119), ref, id, "CREATING", Duration.ZERO)))
                .isTrue();
    }

    @Test
    void without_a_console_there_is_no_terminal() {
        assertThat(Terminal.isThere(null)).isFalse();
    }

    @Test
    void without_a_terminal_progress_comes_as_lines() {
        Map<String, String> terminal = Map.of("TERM", "xterm", "COLUMNS", "120");
        assertThat(Terminal.choose(true, terminal, out)).isInstanceOf(TerminalProgress.class);
        assertThat(Terminal.choose(false, terminal, out)).isInstanceOf(LineProgress.class);
        assertThat(Terminal.choose(true, Map.of("TERM", "xterm", "CI", "true"), out))
                .isInstanceOf(LineProgress.class);
        assertThat(Terminal.choose(true, Map.of("TERM", "xterm", "NO_COLOR", ""), out))
                .isInstanceOf(LineProgress.class);
        assertThat(Terminal.choose(true, Map.of(), out)).isInstanceOf(LineProgress.class);
    }
}
