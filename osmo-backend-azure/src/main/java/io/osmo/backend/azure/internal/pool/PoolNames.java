// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.pool;

import io.osmo.backend.azure.internal.cluster.SystemPool;
import io.osmo.backend.spi.provider.Names;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Names of agent pools: 1 to 12 lowercase letters and digits that begin with a letter. A pool of the spec whose name fits keeps
 * it; another gets its beginning and a hash, the same in every run, and a tag that says which pool it is.
 */
final class PoolNames {
    private static final Pattern FITS = Pattern.compile("[a-z][a-z0-9]{0,11}");
    private static final int HEAD = 6;
    private static final int DIGITS = 6;

    private PoolNames() {}

    static String of(String pool) {
        if (FITS.matcher(pool).matches() && !pool.equals(SystemPool.NAME)) {
            return pool;
        }
        String letters = pool.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
        String head = letters.isEmpty() || !Character.isLetter(letters.charAt(0)) ? "p" + letters : letters;
        return head.substring(0, Math.min(HEAD, head.length())) + Names.hash(DIGITS, pool);
    }
}
