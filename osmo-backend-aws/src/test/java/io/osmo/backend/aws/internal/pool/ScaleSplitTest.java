// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.spec.Scale;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ScaleSplitTest {
    @Test
    void what_is_left_over_goes_to_the_first_groups() {
        assertThat(ScaleSplit.split(new Scale(1, 8, 2), 3))
                .containsExactly(new Scale(1, 3, 1), new Scale(0, 3, 1), new Scale(0, 2, 0));
    }

    @Property(tries = 300)
    void shares_add_up_and_each_is_a_scale_again(
            @ForAll @IntRange(max = 50) int min,
            @ForAll @IntRange(max = 50) int more,
            @ForAll @IntRange(max = 50) int most,
            @ForAll @IntRange(min = 1, max = 7) int groups) {
        Scale scale = new Scale(min, Math.max(groups, min + more + most), min + more);

        List<Scale> shares = ScaleSplit.split(scale, groups);

        assertThat(shares.stream().mapToInt(Scale::min).sum()).isEqualTo(scale.min());
        assertThat(shares.stream().mapToInt(Scale::max).sum()).isEqualTo(scale.max());
        assertThat(shares.stream().mapToInt(Scale::initial).sum()).isEqualTo(scale.initial());
        assertThat(shares).allSatisfy(share -> {
            assertThat(share.min()).isLessThanOrEqualTo(share.initial());
            assertThat(share.initial()).isLessThanOrEqualTo(share.max());
            assertThat(share.max()).isPositive();
        });
    }
}
