/** Rules that hold over all modules, checked on the compiled classes. */
@NullMarked
package io.osmo.backend.tests.architecture;

import org.jspecify.annotations.NullMarked;
