/** What the clouds refuse is told as what it is, and in time. */
@NullMarked
package io.osmo.backend.tests.errors;

import org.jspecify.annotations.NullMarked;
