/* coopsim - GPL-3.0-or-later
 *
 * Between the anchors of ColorBrewer's sequential scheme YlGnBu (Harrower and Brewer 2003,
 * doi:10.1179/000870403235002042), which is safe for the colour-blind and falls in lightness. */
#include "sim/report/colours.h"

#include <math.h>
#include <stdio.h>

enum { ANCHORS = 9 };
static const unsigned char anchor[ANCHORS][3] = {{255, 255, 217}, {237, 248, 177}, {199, 233, 180},
                                                 {127, 205, 187}, {65, 182, 196},  {29, 145, 192},
                                                 {34, 94, 168},   {37, 52, 148},   {8, 29, 88}};

struct coop_colour coop_colour_of(double share)
{
    struct coop_colour ret = {"#eeeeee", false};
    if (isnan(share))
        return ret;
    const double place = fmin(fmax(share, 0), 1) * (ANCHORS - 1);
    const int below = place >= ANCHORS - 1 ? ANCHORS - 2 : (int)place;
    unsigned level[3];
    double light = 0;
    for (int c = 0; c < 3; c++) {
        static const double weight[] = {.299, .587, .114};
        const double low = anchor[below][c], high = anchor[below + 1][c];
        level[c] = (unsigned)(low + (high - low) * (place - below) + .5);
        light += weight[c] * level[c];
    }
    snprintf(ret.text, sizeof ret.text, "#%02x%02x%02x", level[0] & 255, level[1] & 255,
             level[2] & 255);
    ret.dark = light < 140;
    return ret;
}
